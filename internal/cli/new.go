package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"portalgen/internal/access"
	"portalgen/internal/edit"
	"portalgen/internal/site"
	"portalgen/internal/ui"
)

type newOptions struct {
	editOptions
	id, timezone, language string
	people                 []string
}

func (a *app) newCommand() *cobra.Command {
	c := group(&cobra.Command{Use: "new", Short: "Begin the file of a new client"})
	var opt newOptions
	sub := &cobra.Command{
		Use:   "client NAME",
		Short: "Write the first file of a client",
		Long: `Write the first file of a client, data/clients/ID.toml. The id is made of the name
where none is given: it is what you type in commands, and should stay as it is. A
file that is there already is never overwritten, and an id whose access file is still
there from an earlier client is refused.`,
		Args: usage(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return a.runNewClient(a.term.Asker(c.InOrStdin()), args, opt)
		},
	}
	sub.Flags().StringVar(&opt.id, "id", "", "the client's id, in place of one made of the name")
	sub.Flags().StringVar(&opt.timezone, "timezone", "",
		`the client's, such as "Europe/Lisbon"; yours if nothing is said`)
	sub.Flags().StringVar(&opt.language, "language", "", `of the pages, such as "en"; yours if nothing is said`)
	sub.Flags().StringArrayVar(&opt.people, "person", nil,
		`someone of theirs, as "id=Full Name" (may be given more than once)`)
	opt.flags(sub)
	c.AddCommand(sub)
	return c
}

func (a *app) runNewClient(asker *ui.Asker, args []string, opt newOptions) error {
	var name string
	switch {
	case len(args) > 0:
		name = args[0]
	case asker == nil:
		return wrongUse{errors.New("say what the client is called")}
	default:
		err := asker.Ask(ui.Question{Text: ui.NewClientName, Need: true}, func(answer string) error {
			name = answer
			return nil
		})
		if err != nil {
			a.term.NothingWritten()
			return ignoreCancel(err)
		}
	}
	if asker != nil && !opt.yes && len(opt.people) == 0 {
		err := asker.Ask(ui.Question{Text: ui.NewClientPerson}, func(answer string) error {
			_, err := edit.ParsePerson(answer)
			opt.people = []string{answer}
			return err
		})
		if err != nil {
			a.term.NothingWritten()
			return ignoreCancel(err)
		}
	}
	n := edit.NewClient{Name: name, Timezone: opt.timezone, Language: opt.language}
	for _, s := range opt.people {
		p, err := edit.ParsePerson(s)
		if err != nil {
			return wrongUse{fmt.Errorf("--person: %w", err)}
		}
		n.People = append(n.People, p)
	}
	id := opt.id
	if id == "" {
		id = edit.ID(name)
	}
	if id == "" {
		return wrongUse{fmt.Errorf("no id can be made of %q; give one with --id", name)}
	}
	e, err := a.openForEdit()
	if err != nil {
		return a.showProblems(err)
	}
	defer e.Close()
	if e.HasClient(id) {
		return wrongUse{fmt.Errorf("%s: %w; choose another id with --id", site.ClientFile(id), edit.ErrExists)}
	}
	if _, err := e.Root.Lstat(access.FileName(id)); err == nil {
		return wrongUse{fmt.Errorf("%s says who could open the portal of an earlier client of that id, and they "+
			"could open this one: "+
			"choose another id with --id, or delete that file, which ends all of that access", access.FileName(id))}
	}
	change, err := edit.New(site.ClientFile(id), id, n, e.Options(id))
	if err != nil {
		return a.showProblems(err)
	}
	done, err := a.write(change, asker, ui.WriteIt, opt.editOptions, func() error { return change.Create(e.Root) })
	if done {
		a.term.WroteClient(change.Name, id, len(n.People) > 0)
	}
	return a.showProblems(err)
}
