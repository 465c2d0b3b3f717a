// Package check holds the rules of `check`: what is about to be dropped, said
// before it is. A rule judges what is open now; each of its warnings can be removed
// by a true edit.
//
// It reads the same derived figures as the pages, so that a rule and a page never
// disagree. It must not know of files or of how problems are shown.
package check

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/portal"
)

// Options are what the rules depend on beside the client.
type Options struct {
	Provider *client.Provider
	// Now is the moment of the check, in the client's zone.
	Now time.Time
}

// A Rule is one thing that should not be so. Its name is stable.
type Rule struct {
	Name string
	// Severity is the rule's own, which provider.toml can change.
	Severity diag.Severity
	judge    func(*judge)
}

// Rules are all rules, in the order in which a commitment tends to meet them.
var Rules = []Rule{
	{"request-without-date", diag.Warning, requestWithoutDate},
	{"no-conditions-of-satisfaction", diag.Warning, noConditions},
	{"answer-overdue", diag.Warning, answerOverdue},
	{"promise-overdue", diag.Warning, promiseOverdue},
	{"interim-overdue", diag.Warning, interimOverdue},
	{"accept-overdue", diag.Warning, acceptOverdue},
	{"question-overdue", diag.Warning, questionOverdue},
	{"status-greener-than-facts", diag.Warning, statusGreener},
	{"risk-without-owner", diag.Warning, riskWithoutOwner},
	{"risk-without-mitigation", diag.Warning, riskWithoutMitigation},
}

// judge collects what one client's rules find.
type judge struct {
	c        *client.Client
	view     *portal.View
	home     *portal.Home
	now      time.Time
	rule     Rule
	severity diag.Severity
	found    diag.Problems
}

// Client applies every rule that is not off to one client, whose file has no
// error.
func Client(c *client.Client, opt Options) (diag.Problems, error) {
	view, err := portal.New(c, portal.Options{
		Provider: opt.Provider, Now: opt.Now, Base: "/", Path: func(_, id string) string { return id },
	})
	if err != nil {
		return nil, err
	}
	j := &judge{c: c, view: view, home: view.Pages[0].Home, now: opt.Now}
	for _, r := range Rules {
		j.rule, j.severity = r, severity(r, opt.Provider.Check)
		if j.severity != diag.Off {
			r.judge(j)
		}
	}
	return j.found, nil
}

func severity(r Rule, set map[string]client.Check) diag.Severity {
	if s := set[r.Name].Severity; s != "" {
		return s
	}
	return r.Severity
}

// Settings returns a problem for each rule that provider.toml sets and that does
// not exist.
func Settings(set map[string]client.Check, file string) diag.Problems {
	var ps diag.Problems
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if !slices.ContainsFunc(Rules, func(r Rule) bool { return r.Name == name }) {
			ps = append(ps, diag.Problem{
				Pos: diag.Pos{File: file}, Rule: "unknown-rule", Severity: diag.Warning,
				Message: fmt.Sprintf("[check] sets %q, which is no rule", name),
				Hint:    "take it out, or write the name of a rule as check prints it",
			})
		}
	}
	return ps
}

func (j *judge) say(at diag.Pos, hint, format string, args ...any) {
	j.found = append(j.found, diag.Problem{
		Pos: at, Rule: j.rule.Name, Severity: j.severity, Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// passed reports whether the whole of m lies behind now.
func (j *judge) passed(m civil.Moment) bool {
	return !m.IsZero() && !m.End(j.now.Location()).After(j.now)
}
