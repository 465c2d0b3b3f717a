// Package reply reads what a client answers in a page: the sealed reply out of mail, chat or a
// file, the credential that it was made with, and what it says. docs/replies.md defines it.
//
// It must not know of a client's file, nor judge what a reply says.
package reply

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"portalgen/internal/civil"
)

// The kinds of reply that answer nothing that waits.
const (
	KindCommitment = "commitment" // something about a commitment
	KindNew        = "new"        // something new is asked for
	KindMessage    = "message"    // a message
)

// A Reply is what somebody of the client's side said in a page.
type Reply struct {
	// ID is random: one reply is known by it wherever it arrives.
	ID string `json:"id"`
	// Sent is the time of the device, with its offset.
	Sent time.Time `json:"-"`
	// Portal is the first part of the addresses.
	Portal string `json:"portal"`
	// By is who somebody with a link says they are: an id of the client's people, or a name. It is
	// empty for a person's passphrase.
	By string `json:"by"`
	// About is the mark of what waits, or the token of a commitment's page; Kind says which.
	About string `json:"about"`
	Kind  string `json:"kind"`
	// Version is that of what is answered, as the page showed it; "" of a page that knew none.
	Version string `json:"version"`
	// Seen is the date on the table as the reader saw it; zero for none.
	Seen civil.Moment `json:"-"`
	// Choice is the key of what was chosen; "" where an answer is words alone.
	Choice string `json:"choice"`
	// Date is the one that was asked for or promised; zero for none.
	Date civil.Date `json:"-"`
	// Texts are what was written, by the names of docs/replies.md. None is empty.
	Texts map[string]string `json:"-"`
	// Sentence is what the page showed before it was sent.
	Sentence string `json:"sentence"`
	Lang     string `json:"lang"`
}

// Text returns a text; "" where nothing was written.
func (r *Reply) Text(name string) string { return r.Texts[name] }

// The greatest lengths, in letters.
const (
	maxText = 8000
	maxLine = 1000
	maxName = 64
	// maxTexts is how many texts a reply can have.
	maxTexts = 20
)

var (
	idForm   = regexp.MustCompile(`^[A-Za-z0-9_-]{22}$`)
	wordForm = regexp.MustCompile(`^[a-z0-9_]{0,40}$`)
)

// ErrContent is the error of an opened reply that does not say what a page makes it say.
var ErrContent = errors.New("it is not written as docs/replies.md has it")

// Parse reads the content of an opened reply. The error is an ErrContent. Members that it does not
// know are ignored.
func Parse(content []byte) (*Reply, error) {
	var r struct {
		Reply
		At    string            `json:"at"`
		Seen  string            `json:"seen"`
		Date  string            `json:"date"`
		Texts map[string]string `json:"texts"`
	}
	bad := func(what string) (*Reply, error) { return nil, fmt.Errorf("%w: %s", ErrContent, what) }
	if !utf8.Valid(content) {
		return bad("it is not UTF-8")
	}
	if err := json.Unmarshal(content, &r); err != nil {
		return bad("it is not JSON of the right form")
	}
	var err error
	if r.Sent, err = time.Parse(time.RFC3339, r.At); err != nil || r.Sent.Year() < 2000 || r.Sent.Year() > 9000 {
		return bad("at is no time")
	}
	if r.Reply.Seen, err = moment(r.Seen); err != nil {
		return bad("seen is no date")
	}
	if r.Date != "" {
		if r.Reply.Date, err = civil.ParseDate(r.Date); err != nil {
			return bad("date is no date")
		}
	}
	for name, s := range map[string]*string{"by": &r.By, "sentence": &r.Sentence, "lang": &r.Lang} {
		*s = strings.Join(strings.Fields(clean(*s)), " ")
		if most := map[string]int{"sentence": maxLine}[name]; utf8.RuneCountInString(*s) > max(most, maxName) {
			return bad(name + " is too long")
		}
	}
	switch {
	case !idForm.MatchString(r.ID):
		return bad("id")
	case r.Kind == "" || !wordForm.MatchString(r.Kind) || !wordForm.MatchString(r.Choice):
		return bad("kind or choice")
	case len(r.About) > maxName || len(r.Version) > maxName || len(r.Texts) > maxTexts:
		return bad("about or texts")
	}
	r.Reply.Texts = map[string]string{}
	for name, s := range r.Texts {
		s = strings.TrimSpace(clean(s))
		if !wordForm.MatchString(name) || utf8.RuneCountInString(s) > maxText {
			return bad("texts")
		}
		if s != "" {
			r.Reply.Texts[name] = s
		}
	}
	return &r.Reply, nil
}

// moment reads a date with or without a time of day; a zero one for "".
func moment(s string) (civil.Moment, error) {
	if s == "" {
		return civil.Moment{}, nil
	}
	if d, err := civil.ParseDate(s); err == nil {
		return civil.On(d), nil
	}
	var err error
	for _, layout := range []string{
		"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04",
	} {
		var t time.Time
		if t, err = time.Parse(layout, s); err == nil {
			return civil.MomentOf(t), nil
		}
	}
	return civil.Moment{}, err
}

// clean returns a text with line breaks of one kind. Control characters, which no page lets
// anybody type and which could drive a terminal, are shown as what cannot be shown.
func clean(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r < ' ' && r != '\n' && r != '\t', r >= 0x7f && r < 0xa0:
			return utf8.RuneError
		}
		return r
	}, s)
}
