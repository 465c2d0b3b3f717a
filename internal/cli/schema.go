package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"portalgen/internal/schema"
	"portalgen/internal/site"
)

type schemaOptions struct {
	draft string
	write bool
}

func (a *app) schema() *cobra.Command {
	var opt schemaOptions
	c := &cobra.Command{
		Use:   "schema [client|provider|private]",
		Short: "Print the JSON Schema of a file, for editors",
		Long: `Print the JSON Schema of a client's file, of data/provider.toml, or of the private
notes. With it an editor shows what each key is for, offers what may stand there, and
underlines what cannot be right. Without a name it is that of a client's file.

--write puts all three, in draft 4, into data/schema of the site, where init has put
them at first: do it after an update of portalgen. They are the program's own files,
and are replaced.`,
		Args: usage(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if opt.write {
				if len(args) > 0 || c.Flags().Changed("draft") {
					return wrongUse{errors.New("--write writes all three schemas, in draft 4: leave the name and " +
						"--draft away")}
				}
				return a.writeSchemas(c)
			}
			return a.printSchema(strings.Join(args, ""), opt)
		},
	}
	c.Flags().StringVar(&opt.draft, "draft", string(schema.Draft202012), "the edition of JSON Schema, 4 or 2020-12")
	c.Flags().BoolVar(&opt.write, "write", false, "write all three into data/schema of the site")
	return c
}

func (a *app) printSchema(name string, opt schemaOptions) error {
	if name == "" {
		name = schema.Names[0]
	}
	text, err := schema.Read(name, schema.Draft(opt.draft))
	if err != nil {
		return wrongUse{err}
	}
	_, err = a.term.Out.Write(text)
	return err
}

func (a *app) writeSchemas(c *cobra.Command) error {
	if err := a.findSite(c); err != nil {
		return err
	}
	s, err := site.Open(a.dir)
	if err != nil {
		return wrongUse{err}
	}
	wrote, err := s.WriteSchemas()
	for _, name := range wrote {
		a.term.Say("wrote %s", a.term.Place(name))
	}
	if err == nil && len(wrote) == 0 {
		a.term.Say("Nothing to do: the schemas in %s are this program's.", site.SchemaDir)
	}
	return errors.Join(err, s.Close())
}
