// Package explain describes every rule that the program can report: what it says, why, and what to do.
// `portalgen explain` prints it and docs/rules.md is generated from it, so that the two always agree.
//
// It must not know how anything is checked.
package explain

import (
	"fmt"
	"slices"
	"strings"

	"portalgen/internal/check"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
)

// A Chapter is the rules of one origin.
type Chapter struct {
	Title, Intro string
	Rules        []diag.Rule
}

// Chapters returns all rules.
func Chapters() []Chapter {
	var dropped []diag.Rule
	for _, r := range check.Rules {
		dropped = append(dropped, r.Rule)
	}
	return []Chapter{
		{"What is about to be dropped", droppedIntro, dropped},
		{"What cannot be read", unreadIntro, clientfile.Rules},
		{"What keeps a site from being built", siteIntro, siteRules},
	}
}

const (
	droppedIntro = "Only `check` asks these, of what is open and of the latest note. Each is a warning unless `[check]` of provider.toml says otherwise, " +
		"and each falls silent when the file tells that the matter was settled. One that is made an `\"error\"` stops `build` too, " +
		"and shows in `serve`. A date has passed when its day is over in the client's time zone."
	unreadIntro = "A mistake in a file stops the build of that client, and so of all: nothing is published by halves. In `serve` the last good page stays. These cannot be set."
	siteIntro   = "About keys, addresses and the site's own files. These cannot be set either."
)

// Find returns the rule with this name.
func Find(name string) (diag.Rule, bool) {
	for _, c := range Chapters() {
		if i := slices.IndexFunc(c.Rules, func(r diag.Rule) bool { return r.Name == name }); i >= 0 {
			return c.Rules[i], true
		}
	}
	return diag.Rule{}, false
}

// Near returns the rule that name was probably meant to be; "" if none is similar.
func Near(name string) string { return diag.Closest(name, Names()) }

// Names returns the names of all rules, by chapter.
func Names() []string {
	var names []string
	for _, c := range Chapters() {
		for _, r := range c.Rules {
			names = append(names, r.Name)
		}
	}
	return names
}

// Setting returns the lines of provider.toml that set r to its defaults, with all its limits; "" if r cannot
// be set.
func Setting(r diag.Rule) string {
	if !slices.ContainsFunc(check.Rules, func(c check.Rule) bool { return c.Name == r.Name }) {
		return ""
	}
	if len(r.Limits) == 0 {
		return fmt.Sprintf("[check]\n%s = %q", r.Name, r.Severity)
	}
	set := fmt.Sprintf("severity = %q", r.Severity)
	for _, l := range r.Limits {
		set += fmt.Sprintf(", %s = %d", l.Name, l.Value)
	}
	return fmt.Sprintf("[check]\n%s = { %s }", r.Name, set)
}

// Markdown returns docs/rules.md.
func Markdown() string {
	var b strings.Builder
	b.WriteString(top)
	for _, c := range Chapters() {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", c.Title, c.Intro)
		for _, r := range c.Rules {
			fmt.Fprintf(&b, "\n### %s\n\n%s", r.Name, r.Says)
			if r.Why != "" {
				fmt.Fprintf(&b, " %s", r.Why)
			}
			fmt.Fprintf(&b, "\n\n**Do:** %s\n", r.Do)
			if set := Setting(r); len(r.Limits) > 0 {
				fmt.Fprintf(&b, "\n```toml\n%s\n```\n\n", set)
				for _, l := range r.Limits {
					fmt.Fprintf(&b, "- `%s`: %s\n", l.Name, l.Means)
				}
			}
		}
	}
	return b.String()
}

const top = `# Rules

Every problem ends in the name of its rule, in brackets. ` + "`portalgen explain NAME`" + ` says
in the terminal what stands here.

How loudly a rule of ` + "`check`" + ` speaks is yours to say, in ` + "`[check]`" + ` of provider.toml: a
severity, ` + "`\"error\"`, `\"warning\"` or `\"off\"`" + `, or a table with the severity and the
rule's own limits. The numbers here are those that hold where nothing is written.
`
