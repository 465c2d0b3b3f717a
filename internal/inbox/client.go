package inbox

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"portalgen/internal/seal"
)

// A Client takes replies out of an inbox.
type Client struct {
	// Address is that of the inbox, as in provider.toml.
	Address string
	Tokens  seal.InboxTokens
	// HTTP is for tests; nil for one that follows no other address.
	HTTP *http.Client
}

// The errors of an inbox that answers, and not as it should.
var (
	// ErrTokens is that of an inbox that does not know the site's key.
	ErrTokens = errors.New("the inbox does not know the key of this site")
	// ErrAnswer is that of something else at the address.
	ErrAnswer = errors.New("what is at the address does not answer as an inbox does")
	// ErrLate is that of an inbox that takes longer than was to be waited.
	ErrLate = errors.New("it did not answer in time")
)

const (
	patience = 60 * time.Second
	// maxAnswer is how long an answer can be, in bytes.
	maxAnswer = 2 * atOnce * seal.MaxSealedReply
)

var plainHTTP = &http.Client{
	Timeout:       patience,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// Fetch hands over all that waits, one reply after the other. It keeps none of them, so that a host that sends
// many holds no more of the memory than one answer does. What was handed over before an error is as good as
// without one.
func (c *Client) Fetch(ctx context.Context, take func(Waiting)) error {
	after, all := "", 0
	for {
		were, more := all, false
		err := c.do(ctx, http.MethodGet, c.Address+"?after="+url.QueryEscape(after), c.Tokens.Fetch, nil, http.StatusOK,
			func(body io.Reader) (err error) {
				more, err = readPage(body, func(e entry) bool {
					if e.Name != NameOf(e.Bytes) || e.Name <= after || all-were == atOnce {
						return false
					}
					after, all = e.Name, all+1
					take(Waiting{e.Name, e.At, e.Bytes})
					return true
				})
				return err
			})
		switch {
		case err != nil || !more:
			return err
		case all == were, all > 2*MostReplies:
			return ErrAnswer
		}
	}
}

// readPage reads the answer to a GET piece by piece, and hands over each reply as long as take says that it is
// as it should be. more says that there are further ones.
func readPage(body io.Reader, take func(entry) bool) (more bool, err error) {
	source := &noting{r: io.LimitReader(body, maxAnswer)}
	d := json.NewDecoder(source)
	is := func(want any) bool { t, err := d.Token(); return err == nil && t == want }
	replies := func() bool {
		if !is(json.Delim('[')) {
			return false
		}
		for d.More() {
			var e entry
			if d.Decode(&e) != nil || !take(e) {
				return false
			}
		}
		return is(json.Delim(']'))
	}
	good := is(json.Delim('{'))
	for good && d.More() {
		switch name, _ := d.Token(); name { // an error is that of what follows too
		case "replies":
			good = replies()
		case "more":
			good = d.Decode(&more) == nil
		default:
			good = d.Decode(new(json.RawMessage)) == nil
		}
	}
	if good && is(json.Delim('}')) {
		return more, nil
	}
	return false, cmp.Or(source.err, ErrAnswer)
}

// A noting reader keeps the error of reading, that of the end apart.
type noting struct {
	r   io.Reader
	err error
}

func (n *noting) Read(p []byte) (int, error) {
	got, err := n.r.Read(p)
	if err != nil && err != io.EOF {
		n.err = err
	}
	return got, err
}

// Delete removes a reply; that none is there is no error.
func (c *Client) Delete(ctx context.Context, name string) error {
	address := strings.TrimSuffix(c.Address, "/") + "/" + name
	return c.do(ctx, http.MethodDelete, address, c.Tokens.Fetch, nil, http.StatusNoContent, discard)
}

// Post leaves a sealed reply, as a page does.
func (c *Client) Post(ctx context.Context, sealed []byte) error {
	return c.do(ctx, http.MethodPost, c.Address, c.Tokens.Post, sealed, http.StatusCreated, discard)
}

// discard reads what nobody wants to know to its end, so that the connection can be used again.
func discard(body io.Reader) error {
	_, err := io.Copy(io.Discard, io.LimitReader(body, maxAnswer))
	return err
}

// mostTries is how often a request is made to an inbox that has too many of them.
const mostTries = 3

// do makes a request, and has the body of the answer that is wanted read.
func (c *Client) do(ctx context.Context, method, address, token string, body []byte, want int,
	read func(io.Reader) error,
) error {
	for tries := 1; ; tries++ {
		err := c.once(ctx, method, address, token, body, want, read)
		busy, is := errors.AsType[busyError](err)
		if !is || tries == mostTries {
			return err
		}
		select {
		case <-time.After(busy.wait):
		case <-ctx.Done():
			return plainly(ctx, ctx.Err())
		}
	}
}

// A busyError is that of an inbox that takes the request after a while.
type busyError struct {
	error
	wait time.Duration
}

func (e busyError) Unwrap() error { return e.error }

// busyFor is a busyError, with the time that the answer names, or that in which an inbox counts.
func busyFor(answer *http.Response, err error) error {
	wait := window
	if n, bad := strconv.ParseUint(answer.Header.Get("Retry-After"), 10, 16); bad == nil {
		wait = min(time.Duration(n)*time.Second, window)
	}
	return busyError{err, wait}
}

func (c *Client) once(ctx context.Context, method, address, token string, body []byte, want int,
	read func(io.Reader) error,
) error {
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	if body != nil {
		r.Header.Set("Content-Type", "application/octet-stream")
	}
	h := c.HTTP
	if h == nil {
		h = plainHTTP
	}
	answer, err := h.Do(r)
	if err != nil {
		return plainly(ctx, err)
	}
	defer func() { _ = answer.Body.Close() }()
	switch answer.StatusCode {
	case want:
		return plainly(ctx, read(answer.Body))
	case http.StatusUnauthorized:
		return ErrTokens
	}
	err = fmt.Errorf("%w: %d %s", ErrAnswer, answer.StatusCode, http.StatusText(answer.StatusCode))
	if answer.StatusCode == http.StatusTooManyRequests {
		return busyFor(answer, err)
	}
	return err
}

// plainly is an error of a request without its method and address, which whoever shows it has said.
func plainly(ctx context.Context, err error) error {
	var of *url.Error
	errors.As(err, &of)
	switch {
	case err != nil && ctx.Err() == context.DeadlineExceeded, of != nil && of.Timeout():
		return ErrLate
	case of != nil:
		if text := []rune(of.Err.Error()); len(text) > mostSaid { // what a host says stands in it
			return errors.New(string(text[:mostSaid]) + "…")
		}
		return of.Err
	}
	return err
}

// mostSaid is how many letters an error of a request has at most.
const mostSaid = 200
