package cli

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"portalgen/internal/clientfile"
	"portalgen/internal/explain"
	"portalgen/internal/loop"
)

// known is what can be offered of a client: each id, with a name behind a tab.
type known struct {
	name                string
	people, commitments []string
	// legal are the moves that may be made now, by the id of the commitment.
	legal map[string][]string
}

// choices are those of the words by which the commands name their arguments.
var choices = map[string]func(known) []string{
	"PERSON": people, "COMMITMENT": commitments,
	"RULE": func(known) []string { return explain.Names() },
	"status": func(known) []string {
		return []string{"status\tthe latest note", "commitment\tone commitment", "risks", "files"}
	},
}

// flagChoices are those of flags.
var flagChoices = map[string]func(known) []string{
	"by": people, "customer": people, "performer": people, "to": people, "who": people, "owner": people,
	"commitment": commitments, "reopens": commitments,
}

func people(k known) []string      { return k.people }
func commitments(k known) []string { return k.commitments }

// complete has the shell complete the arguments of all commands below c, which are known by the words in
// their Use. In a folder that is no site nothing is offered, and nothing is ever said.
func (a *app) complete(c *cobra.Command) {
	for _, sub := range c.Commands() {
		a.complete(sub)
	}
	words := strings.Fields(c.Use)[1:]
	at := slices.IndexFunc(words, func(w string) bool { return strings.Trim(w, "[]") == "CLIENT" })
	if c.ValidArgsFunction == nil && c.Runnable() && !c.HasSubCommands() || at >= 0 {
		c.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			return a.offered(words, at, args)
		}
	}
	for name, choice := range flagChoices {
		a.completeFlag(c, name, func(args []string) []string { return choice(a.clientIn(args, at)) })
	}
	a.completeFlag(c, "client", func([]string) []string { return a.clients() })
}

// completeFlag completes a flag, where the command has one of the name.
func (a *app) completeFlag(c *cobra.Command, name string, offer func(args []string) []string) {
	if c.Flags().Lookup(name) == nil {
		return
	}
	// It fails only where the flag is not there, or is completed already.
	_ = c.RegisterFlagCompletionFunc(name,
		func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			return offer(args), cobra.ShellCompDirectiveNoFileComp
		})
}

// offered returns what the argument behind args may be. words are those of the command's Use, at is the
// place of the client among them, -1 for none.
func (a *app) offered(words []string, at int, args []string) ([]string, cobra.ShellCompDirective) {
	n := len(args)
	if n >= len(words) {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	word := strings.Trim(words[n], "[]")
	switch {
	case n == at:
		return a.clients(), cobra.ShellCompDirectiveNoFileComp
	case word == "DID" && n > 0:
		return a.clientIn(args, at).legal[args[n-1]], cobra.ShellCompDirectiveNoFileComp
	case strings.Contains(word, "FOLDER"):
		return nil, cobra.ShellCompDirectiveFilterDirs
	case n > 0 && args[n-1] == "commitment" && words[0] == "CLIENT":
		word = "COMMITMENT"
	}
	choice := choices[word]
	if choice == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return choice(a.clientIn(args, at)), cobra.ShellCompDirectiveNoFileComp
}

// clients returns the ids of all clients, with their names.
func (a *app) clients() []string {
	e, err := a.edits()
	if err != nil {
		return nil
	}
	defer e.Close()
	var all []string
	for _, id := range e.ids {
		all = append(all, id+"\t"+e.known(id).name)
	}
	return all
}

// clientIn returns what is known of the client that is named at a place of the arguments; nothing where that
// is none.
func (a *app) clientIn(args []string, at int) known {
	if at < 0 || at >= len(args) {
		return known{}
	}
	e, err := a.edits()
	if err != nil {
		return known{}
	}
	defer e.Close()
	id, err := clientCalled(e.Site, args[at], e.ids)
	if err != nil {
		return known{}
	}
	return e.known(id)
}

// known returns as much of a client as can be read; of its commitments the closed ones last.
func (e *editing) known(id string) known {
	src, _ := e.Source(id)
	c, _ := clientfile.Client(id, src, e.Options(id))
	if c == nil {
		return known{}
	}
	k := known{name: c.Name, legal: map[string][]string{}}
	for _, person := range slices.Sorted(maps.Keys(c.People)) {
		k.people = append(k.people, person+"\t"+c.People[person].Name)
	}
	var closed []string
	for i := range c.Commitments {
		one := &c.Commitments[i]
		line := one.ID + "\t" + one.Title
		if one.Replay.Whole.Stage() == loop.Closed {
			closed = append(closed, line)
			continue
		}
		k.commitments = append(k.commitments, line)
		for _, l := range one.Replay.Whole.Legal() {
			k.legal[one.ID] = append(k.legal[one.ID], string(l.Did))
		}
		slices.Sort(k.legal[one.ID])
		k.legal[one.ID] = slices.Compact(k.legal[one.ID])
	}
	k.commitments = append(k.commitments, closed...)
	return k
}
