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

// known holds the completions for one client. Each is an id, and its name after a tab.
type known struct {
	name                string
	people, commitments []string
	// legal are the possible moves now, by the id of the commitment.
	legal map[string][]string
}

// choices are the completions of arguments, by the word for the argument in a command's Use.
var choices = map[string]func(known) []string{
	"PERSON": people, "COMMITMENT": commitments,
	"RULE": func(known) []string { return explain.Names() },
	"status": func(known) []string {
		return []string{"status\tthe latest note", "commitment\tone commitment", "risks", "files"}
	},
}

// flagChoices are the completions of flags, by the name of the flag.
var flagChoices = map[string]func(known) []string{
	"by": people, "customer": people, "performer": people, "to": people, "who": people, "owner": people,
	"commitment": commitments, "reopens": commitments,
}

func people(k known) []string      { return k.people }
func commitments(k known) []string { return k.commitments }

// complete adds shell completion to the arguments of c and all commands below it. It recognizes the
// arguments by the words in Use. Outside a site it completes nothing and reports no error.
func (a *app) complete(c *cobra.Command) {
	for _, sub := range c.Commands() {
		a.complete(sub)
	}
	words := strings.Fields(c.Use)[1:]
	at := slices.IndexFunc(words, func(w string) bool { return strings.Trim(w, "[]") == "CLIENT" })
	if c.ValidArgsFunction == nil && c.Runnable() && !c.HasSubCommands() || at >= 0 {
		c.ValidArgsFunction = func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			_ = a.findSite(c) // outside a site there are no completions
			return a.completionsOf(words, at, args)
		}
	}
	for name, choice := range flagChoices {
		a.completeFlag(c, name, func(args []string) []string { return choice(a.clientIn(args, at)) })
	}
	a.completeFlag(c, "client", func([]string) []string { return a.clients() })
}

// completeFlag adds completion to a flag if the command has it.
func (a *app) completeFlag(c *cobra.Command, name string, offer func(args []string) []string) {
	if c.Flags().Lookup(name) == nil {
		return
	}
	// It fails only if the flag does not exist or already has completion.
	_ = c.RegisterFlagCompletionFunc(name,
		func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			_ = a.findSite(c)
			return offer(args), cobra.ShellCompDirectiveNoFileComp
		})
}

// completionsOf returns the completions of the argument after args. words are the arguments in the
// command's Use; at is the index of the client among them, or -1.
func (a *app) completionsOf(words []string, at int, args []string) ([]string, cobra.ShellCompDirective) {
	n := len(args)
	if n >= len(words) {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	word := strings.Trim(words[n], "[]")
	switch {
	case n == at, word == "OLD": // OLD is an argument of rename
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

// clients returns the ids of all clients, each with its name.
func (a *app) clients() []string {
	e, err := a.openForEdit()
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

// clientIn returns the completions for the client that the argument at the index at names; none if
// there is no such argument or client.
func (a *app) clientIn(args []string, at int) known {
	if at < 0 || at >= len(args) {
		return known{}
	}
	e, err := a.openForEdit()
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

// known returns the completions for a client, as far as its file can be read. Closed commitments
// are last.
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
