package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"portalgen/internal/clientfile"
	"portalgen/internal/edit"
	"portalgen/internal/ui"
)

// addSummaries are the short descriptions of the commands below add, by the kind of table.
var addSummaries = map[string]string{
	"commitment": "Add a commitment: what was asked or offered, with its first move",
	"risk":       "Add a risk: something that may go wrong",
	"status":     "Add a status note, in your editor or by flags",
	"question":   "Add a question to a person",
	"message":    "Add a message that a client sent you",
	"decision":   "Add a decision: what was decided, by whom and why",
	"change":     "Add a change of what was agreed, and what it does to dates, work and cost",
	"assumption": "Add an assumption: what you take for granted until somebody says otherwise",
	"goal":       "Add a goal: what the client wants to reach, and how it is measured",
	"term":       "Add a term: a word and what it means here",
	"file":       "Add a file or a link that the client is given",
	"check_in":   "Add a check-in: a meeting, and what was said",
	"pulse":      "Add a pulse: a question about how you work together",
	"about":      "Add what the client does, and how they like to be spoken to",
	"promises":   "Add what you promise this client about answers and meetings",
	"review":     "Add the closing recap, when the work as a whole is over",
	"people.*":   "Add a person of either side",

	"commitment.deliverable": "Add an interim result of a commitment, with its date",
}

func (a *app) add() *cobra.Command {
	c := group(&cobra.Command{
		Use:   "add",
		Short: "Add a table to a client's file",
		Long: `Add a table to a client's file. What is needed and not given by a flag is asked for,
where there is a person at the terminal; the change is shown before it is written.
Dates are today's where nothing is said.`,
	})
	for _, kind := range edit.Kinds() {
		c.AddCommand(a.addKind(kind))
	}
	c.Args = func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			return wrongUse{fmt.Errorf("there is no %q to add; what can be added is: %s",
				args[0], join(kindWords(edit.Kinds())))}
		}
		return nil
	}
	return c
}

type addOptions struct {
	editOptions
	edit, request, offer bool
}

func (a *app) addKind(kind string) *cobra.Command {
	var opt addOptions
	c := &cobra.Command{
		Use:   kindWord(kind) + " CLIENT",
		Short: addSummaries[kind],
		Args:  usage(cobra.MaximumNArgs(1)),
	}
	keyFlags(c.Flags(), kind, edit.AddKeys(kind), "did")
	opt.flags(c)
	switch kind {
	case "commitment":
		c.Flags().BoolVar(&opt.request, "request", false, "the customer asked for it, which is what is taken "+
			"where nothing is said")
		c.Flags().BoolVar(&opt.offer, "offer", false, "the performer offered it")
	case "status":
		c.Flags().BoolVar(&opt.edit, "edit", false, "write it in your editor, $VISUAL or $EDITOR")
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		return a.runAdd(a.term.Asker(c.InOrStdin()), kind, args, opt, c.Flags())
	}
	return c
}

func (a *app) runAdd(asker *ui.Asker, kind string, args []string, opt addOptions, flags *pflag.FlagSet) error {
	if opt.request && opt.offer {
		return wrongUse{errors.New("say --request or --offer, not both")}
	}
	e, err := a.openForEdit()
	if err != nil {
		return a.showProblems(err)
	}
	defer e.Close()
	if args, err = e.withClient(args, asker); errors.Is(err, ui.ErrCancelled) {
		a.term.NothingWritten()
		return nil
	} else if err != nil {
		return a.showProblems(err)
	}
	id := args[0]
	f, err := e.file(id)
	if err != nil {
		return a.showProblems(err)
	}
	fm, err := f.Add(kind)
	if err != nil {
		return wrongUse{err}
	}
	if kind == "status" && (opt.edit || asker != nil && !flags.Changed("headline")) {
		if err := setFlags(fm, flags); err != nil {
			return err
		}
		if err := a.leftOut(edit.NewDraft(e.Root, id), fm, flags, asker != nil); err != nil {
			return err
		}
		return a.showProblems(a.runStatus(e, f, fm, asker, id, opt.editOptions))
	}
	for did, said := range map[string]bool{"request": opt.request, "offer": opt.offer} {
		if said {
			if err := fm.Set("did", did); err != nil {
				return err
			}
		}
	}
	return a.runForm(e, fm, id, kind, asker, opt.editOptions, flags)
}

// leftOut lists the flags that would be lost if an earlier draft is continued, so that the person
// can choose. It fails if ask is false, since then nobody can choose.
func (a *app) leftOut(d *edit.Draft, fm *edit.Form, flags *pflag.FlagSet, ask bool) error {
	var given []string
	for _, s := range fm.Keys() {
		if flag := flags.Lookup(strings.TrimPrefix(flagName(s.Key), "--")); flag != nil && flag.Changed {
			given = append(given, flagName(s.Key))
		}
	}
	switch {
	case len(given) == 0 || !d.Left():
		return nil
	case ask:
		a.term.Note("%s: a draft of an earlier time is there, which does not have what you say by %s. A "+
			"new one has.", d.Name, join(given))
		return nil
	}
	return wrongUse{fmt.Errorf("%s: a draft of an earlier time is there, and what you say by %s would not be in "+
		"it; leave these flags out to go on with it, or remove it to begin another", d.Name, join(given))}
}

// ofReplies are the keys that only replies write.
var ofReplies = []string{"via", "called"}

// keyFlags adds a flag for each key of a form, except the keys in leave.
func keyFlags(flags *pflag.FlagSet, kind string, specs []clientfile.KeySpec, leave ...string) {
	for _, s := range specs {
		if slices.Contains(leave, s.Key) || slices.Contains(ofReplies, s.Key) {
			continue
		}
		name, words := strings.TrimPrefix(flagName(s.Key), "--"), ui.Field(kind, s.Key)
		switch s.Type {
		case clientfile.TextsKey:
			flags.StringArray(name, nil, words)
		case clientfile.FlagKey:
			flags.Bool(name, false, words)
		case clientfile.NumberKey, clientfile.DateKey, clientfile.TextKey:
			flags.String(name, "", words)
		}
	}
}

// flagName returns the flag of a key.
func flagName(key string) string {
	switch key {
	case "also":
		return "--add-condition"
	case "now": // --now is the time of a build, in every command
		return "--now-is"
	}
	return "--" + strings.ReplaceAll(key, "_", "-")
}

// setFlags sets the fields of a form to the values of the flags.
func setFlags(fm *edit.Form, flags *pflag.FlagSet) error {
	for _, s := range fm.Keys() {
		flag := flags.Lookup(strings.TrimPrefix(flagName(s.Key), "--"))
		if flag == nil || !flag.Changed {
			continue
		}
		typed := []string{flag.Value.String()}
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			typed = list.GetSlice()
		}
		if err := fm.Set(s.Key, typed...); err != nil {
			if strings.HasPrefix(typed[0], "--") {
				err = fmt.Errorf("what it is set to is missing, such as %s=today", flagName(s.Key))
				if s.Type != clientfile.DateKey {
					err = errors.New("what it is set to is missing")
				}
			}
			return wrongUse{fmt.Errorf("%s: %w", flagName(s.Key), err)}
		}
	}
	return nil
}

func join(words []string) string { return strings.Join(words, ", ") }
