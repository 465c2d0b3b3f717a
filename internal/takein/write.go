package takein

import (
	"fmt"
	"strings"
	"unicode"

	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/edit"
	"portalgen/internal/letters"
	"portalgen/internal/markdown"
	"portalgen/internal/portal"
)

// plain returns what somebody wrote as it is put into a file, so that the page shows it letter for
// letter.
func (j *judge) plain(typed string) string { return string(markdown.Plain(typed)) }

// titleLetters is how many letters the title of what is asked for has at most.
const titleLetters = 70

// title makes one line of what is asked for. A title is shown as text and as Markdown, so it has
// none of the letters that mean something there, and within sentences, so that nothing in it turns
// what follows.
func title(outcome string) string {
	line, _, _ := strings.Cut(outcome, "\n")
	line = strings.Map(func(r rune) rune {
		if strings.ContainsRune("\\*_`[]<>~|&#", r) || letters.Turns(r) {
			return -1
		}
		return r
	}, line)
	line = letters.Cut(strings.Join(strings.Fields(line), " "), titleLetters)
	if string(markdown.Plain(line)) != line || !strings.ContainsFunc(line, visible) {
		return "…"
	}
	return line
}

// visible reports whether a letter shows: there are some of no width, and a title of those could not be pressed.
func visible(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r) }

// write makes the change of the file that says f.
func (j *judge) write(f fact) (*edit.Change, error) {
	change, err := j.writeOne(j.file, f)
	if err != nil || f.message == "" {
		return change, err
	}
	beside, err := j.message(f.message, false, f.commitment)
	if err != nil {
		return nil, err
	}
	after, err := j.Open(clientfile.Source{Name: change.Name, Text: change.New})
	if err != nil {
		return nil, err
	}
	more, err := j.writeOne(after, beside)
	if err != nil {
		return nil, err
	}
	more.Old, more.Warnings = change.Old, append(change.Warnings, more.Warnings...)
	return more, nil
}

// writeOne makes the change of one table or move.
func (j *judge) writeOne(file *edit.File, f fact) (*edit.Change, error) {
	fm, err := form(file, f)
	if err != nil {
		return nil, err
	}
	values := append([]value{}, f.values...)
	if f.did != "" {
		values = append(values, value{"on", j.day.String()}, value{"by", j.who})
	}
	values = append(values, value{"via", client.Via(j.reply.ID, j.today())}, value{"called", j.called})
	for _, v := range values {
		if v.text == "" {
			continue
		}
		if err := fm.Set(v.key, v.text); err != nil {
			return nil, refusal{fmt.Sprintf("%s: %v", v.key, err), ""}
		}
	}
	fm.InOrder()
	if err := fm.Fill(false); err != nil {
		return nil, err
	}
	if missing := fm.Missing(); len(missing) > 0 {
		return nil, refusal{"it lacks " + strings.Join(missing, ", "), "ask them, and write it down with what they say"}
	}
	return fm.Change()
}

func form(file *edit.File, f fact) (*edit.Form, error) {
	switch {
	case f.did != "":
		return file.Move(f.commitment, f.part, f.did)
	case f.update != "":
		return file.Update(f.update, f.item)
	}
	return file.Add(f.add)
}

// late tells that what is answered does not wait any more, or not for that.
func (j *judge) late(m portal.Meant) string {
	said := strings.TrimRight(j.reply.Sentence, ".")
	if said == "" {
		said = j.reply.Kind
	}
	text := fmt.Sprintf("%s: %s, on %s; ", j.out.Who, said, j.day)
	if m.Table != "move" {
		return text + fmt.Sprintf("the %s %q does not wait for an answer any more", m.Table, m.ID)
	}
	cm, all, ok := j.file.Client().Conversation(m.Ref)
	if !ok || len(all) == 0 {
		return text + "it does not wait for an answer any more"
	}
	last := all[len(all)-1]
	text += fmt.Sprintf("the last move of %q is %s's %s of %s", j.name(cm, m.Ref.Part),
		j.file.Client().People[last.By].Short(), last.Did, last.On)
	if w := j.waitingOn(m); w != nil && !tableDate(w).IsZero() {
		text += fmt.Sprintf(", and %s is on the table", tableDate(w))
	}
	return text
}

// waitingOn returns what waits on the client about the same conversation; nil if nothing does.
func (j *judge) waitingOn(m portal.Meant) *portal.Waiting {
	for _, w := range portal.AllYours(j.view) {
		if w.Ref == m.Ref {
			return &w
		}
	}
	return nil
}

// byHand is the command with which something is written about m.
func byHand(id string, m portal.Meant) string {
	switch m.Table {
	case "move":
		what := m.Ref.ID
		if m.Ref.Part != "" {
			what += "/" + m.Ref.Part
		}
		return fmt.Sprintf("if it does: portalgen move %s %s", id, what)
	case "check-in":
		return fmt.Sprintf("if it does: portalgen update check-in %s", id)
	}
	return fmt.Sprintf("if it does: portalgen update %s %s", m.Table, id)
}
