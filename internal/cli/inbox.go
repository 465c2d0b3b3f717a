package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"

	"github.com/spf13/cobra"

	"portalgen/internal/inbox"
)

type inboxOptions struct {
	dir, listen string
	perMinute   int
	behindProxy bool
}

func (a *app) inbox() *cobra.Command {
	var opt inboxOptions
	c := &cobra.Command{
		Use:   "inbox",
		Short: "Take sealed replies of clients, on a server of your own",
		Long: `Answer requests to an inbox: pages leave sealed replies there, and portalgen replies takes
them out. It can read none of them. Each is a file in the folder of --dir. It needs no site, only
the variable ` + inbox.Line + `, whose value portalgen key inbox prints where the site is.

It speaks HTTP, for a proxy beside it that speaks HTTPS: docs/inbox.md has nginx and Caddy.`,
		Args: usage(noArgs),
		RunE: func(c *cobra.Command, _ []string) error { return a.runInbox(c.Context(), opt) },
	}
	f := c.Flags()
	f.StringVar(&opt.dir, "dir", "", "the folder of the replies; it is made where there is none")
	f.StringVar(&opt.listen, "listen", "127.0.0.1:8090", "the address and the port to listen on")
	f.IntVar(&opt.perMinute, "per-minute", inbox.PerMinute, "how many replies one address can leave in a minute; "+
		"0 for any number")
	f.BoolVar(&opt.behindProxy, "behind-proxy", false, "take the address of whoever sends from X-Forwarded-For, as a "+
		"proxy writes it; only where nobody can come past the proxy")
	return c
}

func (a *app) runInbox(ctx context.Context, opt inboxOptions) error {
	if opt.dir == "" {
		return wrongUse{errors.New("say in which folder the replies are to be kept: --dir DIR")}
	}
	line := os.Getenv(inbox.Line)
	if line == "" {
		return wrongUse{fmt.Errorf("the variable %s is not set: run `portalgen key inbox` where the site is, "+
			"and set it to what that prints", inbox.Line)}
	}
	tokens, err := inbox.ParseTokens(line)
	if err != nil {
		return wrongUse{fmt.Errorf("%s %w", inbox.Line, err)}
	}
	folder, err := inbox.OpenFolder(opt.dir)
	if err != nil {
		return err
	}
	defer folder.Close()
	l, err := net.Listen("tcp", opt.listen)
	if err != nil {
		return wrongUse{fmt.Errorf("cannot listen on %s: %w", opt.listen, err)}
	}
	server := inbox.NewHTTPServer(&inbox.Server{
		Folder: folder, Tokens: tokens, PerMinute: opt.perMinute, BehindProxy: opt.behindProxy,
	})
	server.BaseContext = func(net.Listener) context.Context { return ctx }
	a.term.InboxOpen("http://" + l.Addr().String())
	stopped := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stopped()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
