package edit

import (
	"fmt"
	"slices"
	"strings"

	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/portal"
)

// templateKeys are the keys of a status note in the order in which it is best written: what the reader feels
// before what the writer does.
var templateKeys = []string{
	"on", "rag", "headline", "acknowledges", "means_for_you", "why", "doing", "prevents", "need", "next_update",
}

// Template returns the first text of a draft of a status note: the known facts as comments, and each key with
// a few words about what belongs there. Values set in the form, which must be for a status note, are in it.
// words are the texts for the keys.
func (fm *Form) Template(words map[string]string) (string, error) {
	f := fm.file
	said := f.statusFacts()
	if err := fm.Fill(true); err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("# A status note for " + comment(f.client.Name) +
		". Write what is true, and leave the rest empty.\n" +
		"# Without a headline nothing is written. Lines that begin with # are for you alone.\n")
	for _, line := range said.facts {
		b.WriteString("#   " + comment(line) + "\n")
	}
	b.WriteString("[[status]]\n")
	keys := slices.Clone(templateKeys)
	for _, spec := range fm.specs {
		if fm.Has(spec.Key) && !slices.Contains(keys, spec.Key) {
			keys = append(keys, spec.Key)
		}
	}
	for _, key := range keys {
		value, err := fm.initialLine(key, said)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "\n# %s\n%s\n", words[key], value)
	}
	return b.String(), nil
}

// Begin sets the first values of a status note: the colour that the facts allow, what waits for the client
// and, by the promised cadence, the day of the next note.
func (fm *Form) Begin() error {
	said := fm.file.statusFacts()
	if len(said.need) > 0 {
		fm.values["need"] = said.need
	}
	if next := fm.file.nextByCadence(fm.file.today().Date); !next.IsZero() {
		if err := fm.setUnasked("next_update", next.String()); err != nil {
			return err
		}
	}
	return fm.setUnasked("rag", string(said.rag))
}

// initialLine returns the first text of a key in a draft.
func (fm *Form) initialLine(key string, said statusFacts) (string, error) {
	if v, ok := fm.values[key]; ok {
		text, err := inlineValue(clientfile.Field{Key: key, Value: v})
		return key + " = " + text, err
	}
	value := `""`
	switch key {
	case "rag":
		value = basicString(string(said.rag))
	case "need":
		value = "["
		for _, line := range said.need {
			value += "\n  " + basicString(line) + ","
		}
		if len(said.need) > 0 {
			value += "\n"
		}
		value += "]"
	case "next_update":
		next := fm.file.nextByCadence(fm.file.today().Date)
		if next.IsZero() {
			return "# next_update = " + fm.file.today().AddDays(7).String(), nil
		}
		value = next.String()
	}
	return key + " = " + value, nil
}

// nextByCadence returns the day of the next word after day by the promised cadence; zero if none is promised.
func (f *File) nextByCadence(day civil.Date) civil.Date {
	switch f.client.Promises.CheckIn {
	case "daily":
		return day.AddDays(1)
	case "weekly":
		return day.AddDays(7)
	case "twice-monthly":
		return day.AddDays(14)
	case "monthly":
		return civil.DateOf(civil.On(day).Wall().AddDate(0, 1, 0))
	}
	return civil.Date{}
}

// statusFacts is what the rest of the client's file says about the current state.
type statusFacts struct {
	rag   portal.Colour
	facts []string
	need  []string
}

func (f *File) statusFacts() statusFacts {
	s := statusFacts{rag: portal.Green}
	if f.problems.Err() != nil {
		return s // no page can be derived, but the note can still be written
	}
	c := *f.client
	c.Statuses = nil // the last note is not a fact
	provider := f.opt.Provider
	if provider == nil {
		provider = &client.Provider{}
	}
	v, err := portal.New(&c, portal.Options{
		Provider: provider, Now: f.instant(), Base: "/", Path: func(kind, id string) string { return kind + "-" + id },
	})
	if err != nil {
		s.facts = append(s.facts, "No page can be made of the file as it is: "+err.Error())
		return s
	}
	home := v.Pages[0].Home
	if home.Standing.Colour != "" {
		s.rag = home.Standing.Colour
	}
	t := formatter{file: f, v: v, today: v.Today}
	for _, page := range v.Pages {
		if page.Commitment != nil {
			s.facts = append(s.facts, t.commitment(page.Commitment)...)
		}
	}
	for _, w := range home.Yours {
		s.need = append(s.need, t.waiting(w))
	}
	for _, w := range home.Ours {
		s.facts = append(s.facts, "Waits on us: "+t.waiting(w))
	}
	return s
}

func dayMonth(m civil.Moment) string { return m.Wall().Format("2 January") }

// A formatter writes facts as sentences.
type formatter struct {
	file  *File
	v     *portal.View
	today civil.Date
}

// commitment returns a sentence for each date that was moved or has passed, including those of interim
// results.
func (t formatter) commitment(c *portal.Commitment) []string {
	lines := t.progress(c.Title, c.Progress)
	for _, d := range c.Deliverables {
		if d.Begun && !d.Ended {
			lines = append(lines, t.progress(c.Title+", "+d.Title, d.Progress)...)
		}
	}
	return lines
}

func (t formatter) progress(title string, p portal.Progress) []string {
	if p.Agreed.IsZero() || !p.Closed.IsZero() {
		return nil
	}
	var lines []string
	because := func(reason portal.Text) string {
		if reason == "" {
			return ""
		}
		return ", because: " + string(reason)
	}
	if !p.Proposed.IsZero() {
		lines = append(lines, fmt.Sprintf("%s: %s → proposed %s%s", title, dayMonth(p.Agreed),
			dayMonth(p.Proposed), because(p.ProposedReason)))
	}
	for _, m := range p.Moved {
		by := ""
		if m.AskedBy.ID != "" {
			by = ", asked for by " + m.AskedBy.Short()
		}
		lines = append(lines, fmt.Sprintf("%s: moved from %s to %s%s%s", title, dayMonth(m.Due), dayMonth(m.To), by,
			because(m.Reason)))
	}
	switch {
	case p.Rework && p.OnTable.IsZero():
		lines = append(lines, fmt.Sprintf("%s: sent back on %s, and there is no date for the rework yet", title,
			dayMonth(p.SentBack)))
	case p.Awaited() && p.LateDays == 0 && t.v.Passed(p.Counts) && !t.v.Passed(p.Until):
		lines = append(lines,
			fmt.Sprintf("%s: was due on %s, and a new date is not agreed yet", title, dayMonth(p.Counts)))
	case p.LateDays > 0:
		lines = append(lines, fmt.Sprintf("%s: overdue since %s, by %s", title, dayMonth(p.Counts), days(p.LateDays)))
	}
	for _, w := range p.Waits {
		lines = append(lines, fmt.Sprintf("%s: waits for “%s”, %s, since %s", title, w.Title, w.Person.Short(),
			dayMonth(w.SinceOn(t.today))))
	}
	return lines
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

// asks say what the person has to do for each kind of waiting.
var asks = map[string]string{
	"agree": "say yes or no to “%s”", "promise": "say yes or no to “%s”", "decide": "decide on the new date of “%s”",
	"decide_terms": "decide on the new terms of “%s”", "accept": "accept “%s”",
	"deliver": "deliver “%s”", "answer": "answer “%s”", "confirm": "confirm what we said about “%s”",
	"confirm_check_in": "confirm the recap “%s”", "confirm_term": "confirm what “%s” means",
	"confirm_assumption": "say whether it is so: “%s”", "rate": "give a score: “%s”",
	"change": "decide on the change “%s”", "help": "help with “%s”", "message": "reply about “%s”",
}

// waiting says who has to do what, and by when.
func (t formatter) waiting(w portal.Waiting) string {
	past := func(m civil.Moment) bool { return !m.IsZero() && m.Date.Before(t.today) }
	what, who := strings.Join(strings.Fields(string(w.What)), " "), w.Person.Short()
	line := fmt.Sprintf("%s: %s", w.Kind, what)
	if form, ok := asks[w.Kind]; ok {
		line = fmt.Sprintf(form, what)
	}
	switch {
	case past(w.OnTable):
		line = fmt.Sprintf("agree on another date for “%s”: %s has passed", what, dayMonth(w.OnTable))
	case w.Kind == "decide" && !w.Proposed.IsZero():
		line = fmt.Sprintf("decide on %s for “%s”", dayMonth(w.Proposed), what)
	case w.Kind == "message":
		line, who = fmt.Sprintf("reply to %s about “%s”", who, what), t.replier(w)
	}
	if who != "" {
		line = who + ": " + line
	}
	switch {
	case w.By.IsZero(), past(w.OnTable) && past(w.By):
	case past(w.By):
		line += ", due since " + dayMonth(w.By)
	default:
		line += ", by " + dayMonth(w.By)
	}
	return line
}

// replier returns the name of the person who should reply to a message: the provider's person in the
// commitment that it is about, else the client's lead; "" if there is neither.
func (t formatter) replier(w portal.Waiting) string {
	who := t.file.client.Lead
	for _, r := range t.v.Replies.All {
		if party := t.file.partyIn(r.Commitment, client.ProviderSide); r.Ref == w.Ref && party != "" {
			who = party
		}
	}
	return t.file.client.People[who].Short()
}
