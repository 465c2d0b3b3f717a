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
	"strings"
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
	// limits are the rule's own, by name, with what holds where none is set.
	limits map[string]int64
}

// afterDays is the limit of the rules about dates: how many days late something
// may be before it is said.
const afterDays = "after_days"

var onTheDay = map[string]int64{afterDays: 0}

// Rules are all rules, in the order in which a commitment tends to meet them.
var Rules = []Rule{
	{"request-without-date", diag.Warning, requestWithoutDate, nil},
	{"no-conditions-of-satisfaction", diag.Warning, noConditions, nil},
	{"answer-overdue", diag.Warning, answerOverdue, onTheDay},
	{"promise-overdue", diag.Warning, promiseOverdue, onTheDay},
	{"interim-overdue", diag.Warning, interimOverdue, onTheDay},
	{"accept-overdue", diag.Warning, acceptOverdue, onTheDay},
	{"question-overdue", diag.Warning, questionOverdue, onTheDay},
	{"status-greener-than-facts", diag.Warning, statusGreener, nil},
	{"risk-without-owner", diag.Warning, riskWithoutOwner, nil},
	{"risk-without-mitigation", diag.Warning, riskWithoutMitigation, nil},
}

// judge collects what one client's rules find.
type judge struct {
	c        *client.Client
	view     *portal.View
	home     *portal.Home
	now      time.Time
	set      map[string]client.Check
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
	j := &judge{c: c, view: view, home: view.Pages[0].Home, now: opt.Now, set: opt.Provider.Check}
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

// Settings returns a problem for each rule, and each limit of a rule, that
// provider.toml sets and that does not exist.
func Settings(set map[string]client.Check, file string) diag.Problems {
	var ps diag.Problems
	unknown := func(message, hint string) {
		ps = append(ps, diag.Problem{
			Pos: diag.Pos{File: file}, Rule: "unknown-rule", Severity: diag.Warning, Message: message, Hint: hint,
		})
	}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		i := slices.IndexFunc(Rules, func(r Rule) bool { return r.Name == name })
		if i < 0 {
			unknown(fmt.Sprintf("[check] sets %q, which is no rule", name), "the rules are: "+names())
			continue
		}
		for _, limit := range slices.Sorted(maps.Keys(set[name].Limits)) {
			if _, ok := Rules[i].limits[limit]; !ok {
				unknown(fmt.Sprintf("[check] %s has no limit %q", name, limit), "take it out")
			}
		}
	}
	return ps
}

func names() string {
	var all []string
	for _, r := range Rules {
		all = append(all, r.Name)
	}
	return strings.Join(all, ", ")
}

func (j *judge) say(at diag.Pos, hint, format string, args ...any) {
	j.found = append(j.found, diag.Problem{
		Pos: at, Rule: j.rule.Name, Severity: j.severity, Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// passed reports whether the whole of m, and the days that the rule allows beyond
// it, lie behind now.
func (j *judge) passed(m civil.Moment) bool {
	if m.IsZero() {
		return false
	}
	days, set := j.set[j.rule.Name].Limits[afterDays]
	if !set {
		days = j.rule.limits[afterDays]
	}
	return !m.End(j.now.Location()).AddDate(0, 0, int(days)).After(j.now)
}
