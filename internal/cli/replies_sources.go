package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"portalgen/internal/inbox"
	"portalgen/internal/reply"
	"portalgen/internal/share"
)

// collect passes each reply to take.
func (t *taking) collect(stdin io.Reader, args []string, take func(arrived)) error {
	if len(args) > 0 || t.opt.paste {
		return t.named(stdin, args, take)
	}
	if err := t.inPreview(take); err != nil {
		return err
	}
	t.remote(take)
	return nil
}

// named passes the replies in files, on standard input and on the clipboard to take.
func (t *taking) named(stdin io.Reader, args []string, take func(arrived)) error {
	read := func(name string, data []byte) {
		found := reply.Find(data)
		if len(found) == 0 {
			t.term.NoReplyIn(name)
			t.failed = true
		}
		for _, f := range found {
			if f.Cut {
				t.term.ReplyCut(name)
				t.failed = true
				continue
			}
			take(arrived{Waiting: inbox.Waiting{Name: inbox.NameOf(f.Sealed), Sealed: f.Sealed}})
		}
	}
	for _, name := range args {
		data, err := readNamed(stdin, name)
		if err != nil {
			return err
		}
		read(name, data)
	}
	if t.opt.paste {
		text, err := share.Paste()
		if err != nil {
			return err
		}
		read("the clipboard", []byte(text))
	}
	return nil
}

// mostBytes is how long a file can be, in bytes.
const mostBytes = 256 << 20

func readNamed(stdin io.Reader, name string) ([]byte, error) {
	if name == "-" {
		return readWhole(stdin, "what comes from the other program", mostBytes)
	}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, wrongUse{fmt.Errorf("there is no file %q; without one, replies are taken from the inbox and "+
			"from previews", name)}
	} else if err != nil {
		return nil, wrongUse{err}
	}
	defer f.Close()
	return readWhole(f, name, mostBytes)
}

// readWhole reads all that there is, and refuses more than most bytes: a reply could stand behind them.
func readWhole(r io.Reader, name string, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if int64(len(data)) > most {
		return nil, wrongUse{fmt.Errorf("%s is longer than %d MiB: save the mail that has the reply by itself", name,
			most>>20)}
	}
	return data, err
}

// remote passes the replies that wait in the inbox of the provider's file to take.
func (t *taking) remote(take func(arrived)) {
	address := t.b.Provider().Inbox
	if address == "" {
		return
	}
	master, err := t.master()
	if err == nil {
		c := &inbox.Client{Address: address, Tokens: master.InboxTokens()}
		err = c.Fetch(t.ctx, func(w inbox.Waiting) {
			take(arrived{Waiting: w, remove: func() error { return c.Delete(t.ctx, w.Name) }})
		})
	}
	if err != nil {
		t.term.InboxFailed(address, err)
		t.failed = true
	}
}
