package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"portalgen/internal/client"
	"portalgen/internal/diag"
)

// texts are the texts of one client's file that the rules about language judge.
type texts struct {
	c *client.Client
	// file and lines are the file itself; lines is empty if its text is unknown.
	file  string
	lines []string
	// written caches the result of fromProvider.
	written []placedText
}

// A placedText is one text and the place of its table.
type placedText struct {
	text string
	at   diag.Pos
	// key is the key that holds it, "" if no command changes it.
	key string
}

func newTexts(c *client.Client, opt Options) *texts {
	w := &texts{c: c, file: opt.File}
	if len(opt.Text) > 0 {
		w.lines = strings.Split(string(opt.Text), "\n")
	}
	return w
}

// fromProvider returns what the provider wrote to the client and can still change: open items, and the latest
// note, check-in and pulse.
func (w *texts) fromProvider(j *judge) []placedText {
	if w.written == nil {
		w.written = w.collect(j)
	}
	return w.written
}

func (w *texts) collect(j *judge) []placedText {
	all := []placedText{}
	add := func(at diag.Pos, key string, texts ...string) {
		for _, t := range texts {
			if t != "" {
				all = append(all, placedText{t, at, key})
			}
		}
	}
	add(diag.Pos{File: w.file, Line: 1, Column: 1, Width: 1}, "", w.c.Welcome)
	for i := range w.c.Commitments {
		if cm := &w.c.Commitments[i]; !j.isClosed(cm.ID) {
			w.addCommitment(j, cm, add)
		}
	}
	for _, r := range w.c.Risks {
		if r.Closed.IsZero() {
			add(r.Pos, "title", r.Title)
			add(r.Pos, "mitigation", r.Mitigation)
			for _, e := range r.Log {
				add(e.Pos, "", e.Note)
			}
		}
	}
	if n := j.latestNote(); n != nil {
		for _, text := range [][2]string{
			{"headline", n.Headline},
			{"acknowledges", n.Acknowledges},
			{"means_for_you", n.MeansForYou},
			{"why", n.Why},
			{"doing", n.Doing},
			{"prevents", n.Prevents},
			{"rag_because", n.RAGBecause},
			{"body", n.Body},
		} {
			add(n.Pos, text[0], text[1])
		}
		add(n.Pos, "need", n.Need...)
	}
	for _, q := range w.c.Questions {
		if j.c.Waits(q) && j.isOurs(q.By) {
			add(q.Pos, "text", q.Text)
		}
	}
	for _, a := range w.c.Assumptions {
		if a.Confirmed.IsZero() && a.Wrong.IsZero() {
			add(a.Pos, "text", a.Text)
		}
	}
	for _, x := range w.c.Changes {
		if j.view.Waits(x) && !j.byClient(x.By) {
			add(x.Pos, "text", x.Text)
			add(x.Pos, "effect", x.Effect)
		}
	}
	if c := j.latestCheckIn(); c != nil {
		add(c.Pos, "recap", c.Recap)
	}
	if len(w.c.Pulses) > 0 {
		p := w.c.Pulses[len(w.c.Pulses)-1]
		add(p.Pos, "question", p.Question)
		add(p.Pos, "gap_action", p.GapAction)
	}
	return all
}

func (w *texts) addCommitment(j *judge, cm *client.Commitment, add func(at diag.Pos, key string, texts ...string)) {
	for _, text := range [][2]string{
		{"title", cm.Title},
		{"outcome", cm.Outcome},
		{"deliver_how", cm.DeliverHow},
		{"notify_how", cm.NotifyHow},
		{"better_way", cm.BetterWay},
	} {
		add(cm.Pos, text[0], text[1])
	}
	add(cm.Pos, "", cm.SatisfiedWhen...)
	moves := slices.Clone(cm.Moves)
	for _, d := range cm.Deliverables {
		add(d.Pos, "title", d.Title)
		moves = append(moves, d.Moves...)
	}
	for _, m := range moves {
		if j.isOurs(m.By) {
			add(m.Pos, "", m.Note)
			add(m.Pos, "", slices.Concat(m.SatisfiedWhen, m.Also)...)
		}
	}
}

// titles returns the titles of things: a word in capitals in a title is a name.
func (w *texts) titles() []string {
	var all []string
	for _, cm := range w.c.Commitments {
		all = append(all, cm.Title)
		for _, d := range cm.Deliverables {
			all = append(all, d.Title)
		}
	}
	for _, g := range w.c.Goals {
		all = append(all, g.Title)
	}
	for _, r := range w.c.Risks {
		all = append(all, r.Title)
	}
	for _, f := range w.c.Files {
		all = append(all, f.Title)
	}
	return all
}

// names returns the names of the client, the provider and the people of both sides.
func (w *texts) names(j *judge) []string {
	all := []string{w.c.Name, j.provider.Name}
	for _, p := range w.c.People {
		all = append(all, p.Name)
	}
	return all
}

// fromClient returns what the client wrote or said, their names and roles, and what is known about their
// business.
func (w *texts) fromClient(j *judge) []string {
	all := []string{w.c.Name, w.c.About.Business, w.c.About.Concerns, w.c.About.Style}
	for _, p := range w.c.People {
		all = append(all, p.Name, p.Role)
	}
	moves := func(ms []client.Move) {
		for _, m := range ms {
			if j.byClient(m.By) {
				all = append(all, m.Note, m.Thanks, m.CoCreated)
				all = append(all, slices.Concat(m.SatisfiedWhen, m.Also, m.Met, m.Unmet, m.Improve)...)
			}
		}
	}
	for _, cm := range w.c.Commitments {
		moves(cm.Moves)
		for _, d := range cm.Deliverables {
			moves(d.Moves)
		}
	}
	for _, m := range w.c.Messages {
		all = append(all, m.About)
	}
	for _, q := range w.c.Questions {
		if j.byClient(q.By) {
			all = append(all, q.Text)
		} else {
			all = append(all, q.Answer)
		}
	}
	return all
}

// locate returns the place of phrase in the file: in the table at at, before the next table. If it is not
// found, as in a text with escapes, it returns at.
func (w *texts) locate(at diag.Pos, phrase string) diag.Pos {
	if at.File != w.file || at.Line == 0 {
		return at
	}
	for i := at.Line - 1; i < len(w.lines); i++ {
		line := w.lines[i]
		if i > at.Line-1 && strings.HasPrefix(strings.TrimSpace(line), "[[") {
			break
		}
		if col := strings.Index(line, phrase); col >= 0 {
			return diag.Pos{
				File: at.File, Line: i + 1,
				Column: utf8.RuneCountInString(line[:col]) + 1, Width: utf8.RuneCountInString(phrase),
			}
		}
	}
	return at
}

// quoted matches text between quotation marks: somebody else's words.
var quoted = newPattern(`“[^”]*”|"[^"]*"|«[^»]*»|„[^“]*“`)

// unquoted returns text with blanks in place of its quotations.
func unquoted(text string) string {
	return quoted.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(" ", len(s)) })
}
