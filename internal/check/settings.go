package check

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"portalgen/internal/client"
	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

// Settings reports each rule, and each limit of a rule, that provider.toml sets but that does not exist, and
// each limit below zero.
func Settings(set map[string]client.Check) diag.Problems {
	var ps diag.Problems
	for _, name := range slices.Sorted(maps.Keys(set)) {
		say := func(rule, message, hint string) {
			ps = append(ps, diag.Problem{
				Pos: set[name].Pos, Rule: rule, Severity: diag.Warning,
				Message: message, Hint: hint,
			})
		}
		i := slices.IndexFunc(Rules, func(r Rule) bool { return r.Name == name })
		if i < 0 {
			say(rule.UnknownRule, fmt.Sprintf("[check] sets %q, which is no rule", name), "the rules are: "+names())
			continue
		}
		for _, limit := range slices.Sorted(maps.Keys(set[name].Limits)) {
			switch known := limits(Rules[i]); {
			case !slices.Contains(known, limit) && len(known) == 0:
				say(rule.UnknownRule, fmt.Sprintf("[check] %s has no limits", name), "take "+limit+" out")
			case !slices.Contains(known, limit):
				say(rule.UnknownRule, fmt.Sprintf("[check] %s has no limit %q", name, limit),
					"its limits are: "+strings.Join(known, ", "))
			case set[name].Limits[limit] < 0:
				say(rule.UnknownRule, fmt.Sprintf("[check] %s has a limit below zero: %s = %d", name, limit,
					set[name].Limits[limit]), "write 0 or more")
			}
		}
	}
	return ps
}

// manyProjects are hosts that give each user one host name for all projects of that user, each at a path.
var manyProjects = []string{".bitbucket.io", ".codeberg.page", ".gitee.io", ".github.io", ".gitlab.io"}

// SharedOrigin reports a base_url with a path, or at a host name that a user's other projects share; pos is
// where it is written.
func SharedOrigin(p *client.Provider, pos diag.Pos) diag.Problems {
	i := slices.IndexFunc(Rules, func(r Rule) bool { return r.Name == rule.SharedOrigin })
	severity := SeverityOf(Rules[i], p.Check)
	u, err := url.Parse(p.BaseURL)
	if severity == diag.Off || err != nil {
		return nil
	}
	path := strings.Trim(u.Path, "/")
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	others := slices.ContainsFunc(manyProjects, func(end string) bool { return strings.HasSuffix(host, end) })
	if path == "" && !others {
		return nil
	}
	message := fmt.Sprintf("the portals stand at %s of %s: every other page of that host can use "+
		"what a reader's browser remembers of them", u.Path, u.Host)
	if path == "" {
		message = fmt.Sprintf("%s shows all projects of its user, each at a path: every page of theirs can use "+
			"what a reader's browser remembers of the portals", u.Host)
	}
	return diag.Problems{{
		Pos: pos, Rule: rule.SharedOrigin, Severity: severity, Message: message,
		Hint: "give them a host name of their own, such as portal.example.com",
	}}
}

func limits(r Rule) []string {
	var all []string
	for _, l := range r.Limits {
		all = append(all, l.Name)
	}
	return all
}

func names() string {
	var all []string
	for _, r := range Rules {
		all = append(all, r.Name)
	}
	return strings.Join(all, ", ")
}
