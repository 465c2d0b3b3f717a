package ui

import (
	"strings"
	"unicode/utf8"

	"portalgen/internal/diag"
)

// Rule explains a rule. setting is how provider.toml can set it; "" if it cannot.
func (t *Terminal) Rule(r diag.Rule, setting string) {
	plain := func(s string) string { return wrap(strings.ReplaceAll(s, "`", ""), lineWidth) }
	t.Say("%s (%s)\n", r.Name, r.Severity)
	t.Say("%s\n", plain(r.Says+" "+r.Why))
	t.Say("%s", plain("Do: "+r.Do))
	if setting == "" {
		return
	}
	t.Say("\nIn data/provider.toml:\n\n%s", indent(setting))
	if len(r.Limits) > 0 {
		t.Say("")
	}
	for _, l := range r.Limits {
		t.Say("%s", indent(plain(l.Name+": "+l.Means)))
	}
}

// RuleList lists rules with the first sentence of each.
func (t *Terminal) RuleList(title string, rules []diag.Rule) {
	t.Say("%s\n", title)
	for _, r := range rules {
		first, _, _ := strings.Cut(strings.ReplaceAll(r.Says, "`", ""), ". ")
		t.Say("  %-30s %s", r.Name, strings.TrimSuffix(first, "."))
	}
	t.Say("")
}

// lineWidth is the longest line of prose.
const lineWidth = 88

// wrap breaks s at blanks into lines of at most width columns, except for longer words.
func wrap(s string, width int) string {
	var b strings.Builder
	used := 0 // letters of the line so far
	for _, word := range strings.Fields(s) {
		letters := utf8.RuneCountInString(word)
		switch {
		case used == 0:
		case used+1+letters > width:
			b.WriteByte('\n')
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += letters
	}
	return b.String()
}

func indent(s string) string { return "    " + strings.ReplaceAll(s, "\n", "\n    ") }
