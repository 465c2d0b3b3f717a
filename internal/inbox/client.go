package inbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
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

// Fetch returns all that waits.
func (c *Client) Fetch(ctx context.Context) ([]Waiting, error) {
	var all []Waiting
	after := ""
	for {
		var p page
		body, err := c.do(ctx, http.MethodGet, c.Address+"?after="+url.QueryEscape(after), c.Tokens.Fetch, nil, http.StatusOK)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(body, &p); err != nil {
			return nil, ErrAnswer
		}
		for _, e := range p.Replies {
			if e.Name != NameOf(e.Bytes) || e.Name <= after {
				return nil, ErrAnswer
			}
			after = e.Name
			all = append(all, Waiting{e.Name, e.At, e.Bytes})
		}
		if !p.More {
			return all, nil
		}
		if len(p.Replies) == 0 || len(all) > 2*MostReplies {
			return nil, ErrAnswer
		}
	}
}

// Delete removes a reply; that none is there is no error.
func (c *Client) Delete(ctx context.Context, name string) error {
	address := strings.TrimSuffix(c.Address, "/") + "/" + name
	_, err := c.do(ctx, http.MethodDelete, address, c.Tokens.Fetch, nil, http.StatusNoContent)
	return err
}

// Post leaves a sealed reply, as a page does.
func (c *Client) Post(ctx context.Context, sealed []byte) error {
	_, err := c.do(ctx, http.MethodPost, c.Address, c.Tokens.Post, sealed, http.StatusCreated)
	return err
}

func (c *Client) do(ctx context.Context, method, address, token string, body []byte, want int) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
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
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	switch {
	case answer.StatusCode == http.StatusUnauthorized:
		return nil, ErrTokens
	case answer.StatusCode != want:
		return nil, fmt.Errorf("%w: %s", ErrAnswer, answer.Status)
	case err == nil && len(text) > maxAnswer:
		return nil, ErrAnswer
	}
	return text, err
}
