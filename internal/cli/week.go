package cli

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"portalgen/internal/diag"
	"portalgen/internal/disk"
	"portalgen/internal/edit"
	"portalgen/internal/pipeline"
	"portalgen/internal/today"
	"portalgen/internal/ui"
	"portalgen/internal/week"
)

type weekOptions struct {
	drafts, sendWith string
}

func (a *app) week() *cobra.Command {
	var opt weekOptions
	c := &cobra.Command{
		Use:   "week",
		Short: "Go through what there is to do, client by client, then build and write the messages",
		Long: `Go through the clients that need something, one after the other. Each thing that
"today" tells of is settled by one key and at most the text that is asked for; the
change is shown before it is written. Then all is built, and each client who has been
sent no link since the newest status note gets a message with a link to it, as by
share --due, addressed to those of theirs who have a passphrase and an email in [people].

What is settled is in the files at once. Whoever stops goes on at the same client, on
the same day.`,
		Example: `  portalgen week
  portalgen week --drafts ~/drafts
  portalgen week --send-with "msmtp -t"`,
		Args: usage(noArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.runWeek(c.Context(), a.term.Asker(c.InOrStdin()), opt)
		},
	}
	c.Flags().StringVar(&opt.drafts, "drafts", "", "the folder for the messages, as drafts for a mail program "+
		"(default "+draftsOfMails+" of the site)")
	c.Flags().StringVar(&opt.sendWith, "send-with", "", "a command that sends a message, which it reads from its input")
	return c
}

// A weekly is one run of the command week.
type weekly struct {
	*app
	b     *pipeline.Builder
	asker *ui.Asker
	list  today.List
	round *week.Round
}

func (a *app) runWeek(ctx context.Context, asker *ui.Asker, opt weekOptions) error {
	if asker == nil {
		return wrongUse{errors.New(ui.WeekNeedsTerm)}
	}
	s, b, err := a.open(pipeline.Options{Facts: true})
	if err != nil {
		return err
	}
	defer s.Close()
	w := &weekly{app: a, b: b, asker: asker}
	var broken diag.Problems
	w.list, broken = b.Today()
	a.sayReplies(ctx, b)
	if len(broken) > 0 { // the other clients can still be gone through
		a.term.Problems(broken)
	}
	place := readPlace(s.Root, w.list.Today.String())
	w.round = week.New(w.list, place.passed)
	if _, clients := w.round.Place(); clients == 0 {
		a.term.NothingToDo()
	}
	headed := ""
	for !w.round.Over() {
		alone := false // the line below the client's name already shows the only item
		if id := w.round.Client(); headed != id {
			headed, alone = id, len(w.round.Items()) == 1
			n, of := w.round.Place()
			a.term.WeekClient(w.list, w.round.Items(), n, of)
		}
		err := w.step(!alone)
		if errors.Is(err, ui.ErrCancelled) {
			a.term.WeekStopped()
			return nil
		}
		if err != nil {
			return err
		}
		if err := place.keepPassed(w.round.Passed()); err != nil {
			return err
		}
		w.round.Show(w.list)
	}
	if len(broken) > 0 {
		return errProblems
	}
	if err := a.sendWeek(ctx, asker, place, opt); err != nil {
		return err
	}
	return place.keepPassed(nil)
}

// step shows the next item if show is true, asks what to do about it, and does it.
func (w *weekly) step(show bool) error {
	item, settles := w.round.Item()
	choices := []ui.Choice{
		{Key: ui.KeyNote, Says: ui.WeekNote},
		{Key: ui.KeyBack, Says: ui.WeekBack},
		{Key: ui.KeyFinish, Says: ui.WeekStop},
	}
	if settles {
		if show {
			w.term.WeekItem(w.list, item)
		}
		ways := []ui.Choice{}
		for _, way := range item.Ways {
			if c := ui.WayChoice(way); c.Key != ui.KeyNote {
				ways = append(ways, c)
			}
		}
		ways = append(ways,
			ui.Choice{Key: ui.KeyEnter, Says: ui.WeekLeave}, ui.Choice{Key: ui.KeyNext, Says: ui.WeekNextOne})
		choices = slices.Concat(ways, choices)
	} else {
		choices = slices.Concat([]ui.Choice{{Key: ui.KeyEnter, Says: ui.WeekNextOne}}, choices)
	}
	key, err := w.asker.Key(choices)
	switch {
	case err != nil:
		return err
	case key == ui.KeyFinish:
		return ui.ErrCancelled
	case key == ui.KeyEnter:
		w.round.Leave()
	case key == ui.KeyNext:
		w.round.Next()
	case key == ui.KeyBack:
		w.round.Back()
	case key == ui.KeyNote:
		return w.settle([]string{"add", "status", w.round.Client()})
	default:
		i := slices.IndexFunc(item.Ways, func(way []string) bool { return ui.WayChoice(way).Key == key })
		return w.settle(item.Ways[i])
	}
	return nil
}

// settle runs a command, and then updates the list of what to do. It shows the command's error and
// does not return it.
func (w *weekly) settle(way []string) error {
	if err := w.run(way); err != nil && !errors.Is(err, errProblems) {
		w.term.Note("%s", err)
	}
	id := w.round.Client()
	list, ps := w.b.Today(id)
	if len(ps) > 0 {
		w.term.Problems(ps)
	}
	others := slices.DeleteFunc(w.list.Items, func(i today.Item) bool { return i.Client == id })
	w.list.Items = append(others, list.Items...)
	return nil
}

// run runs a command as if it were typed.
func (w *weekly) run(way []string) error {
	switch way[0] {
	case "move":
		return w.runMove(w.asker, way[1:], moveOptions{}, w.move().Flags())
	case "add":
		kind := edit.Kinds()[slices.Index(kindWords(edit.Kinds()), way[1])]
		if kind == "status" {
			return w.note(way[2])
		}
		return w.runAdd(w.asker, kind, way[2:], addOptions{}, w.addKind(kind).Flags())
	}
	if way[1] == observation {
		return w.runObservation(w.asker, way[2:], editOptions{})
	}
	kind := edit.Updates()[slices.Index(kindWords(edit.Updates()), way[1])]
	return w.runUpdate(w.asker, kind, way[2:], editOptions{}, w.updateKind(kind).Flags())
}

// note writes a status note from one typed line, with default values for the rest. If the note is
// not green, it also asks what a delay needs. An empty line or an existing draft opens the editor.
func (w *weekly) note(id string) error {
	e, err := w.openForEdit()
	if err != nil {
		return w.showProblems(err)
	}
	defer e.Close()
	f, err := e.file(id)
	if err != nil {
		return w.showProblems(err)
	}
	fm, err := f.Add("status")
	if err != nil {
		return err
	}
	if err := fm.Begin(); err != nil {
		return err
	}
	keys := []string{"headline"}
	if fm.Value("rag") != "green" {
		keys = append(keys, "acknowledges", "means_for_you", "doing")
	}
	flags := w.addKind("status").Flags()
	for _, key := range keys {
		if key == "headline" && edit.NewDraft(e.Root, id).Left() {
			return w.runAdd(w.asker, "status", []string{id}, addOptions{}, flags)
		}
		text := ui.FieldQuestion("status", key)
		if key == "headline" {
			text = ui.WeekHeadline
		}
		err := w.asker.Ask(ui.Question{Text: text}, func(answer string) error { return fm.Set(key, answer) })
		if err != nil {
			w.term.NothingWritten()
			return ignoreCancel(err)
		}
		if !fm.Has("headline") {
			return w.runAdd(w.asker, "status", []string{id}, addOptions{}, flags)
		}
	}
	return w.runForm(e, fm, id, "status", w.asker, editOptions{}, flags)
}

// A weekPlace stores how far a person has come: the clients passed on a day, and the state of each
// message by id. It is kept in a file on this machine.
type weekPlace struct {
	root   *os.Root
	day    string
	passed []string
	mails  map[string]string
}

const weekFile = ".portalgen/week"

// The states of a message: its link is made but the message is not written or sent; written into a
// folder; sent.
const (
	mailMade    = "made"
	mailDrafted = "drafted"
	mailSent    = "sent"
)

// readPlace returns the place of a day. From another day it takes only messages that were neither
// written nor sent.
func readPlace(root *os.Root, day string) *weekPlace {
	p := &weekPlace{root: root, day: day, mails: map[string]string{}}
	text, err := root.ReadFile(weekFile)
	before, lines, _ := strings.Cut(string(text), "\n")
	if err != nil {
		return p
	}
	for line := range strings.Lines(lines) {
		switch how, id, _ := strings.Cut(strings.TrimSpace(line), " "); {
		case how == mailMade, before == day && (how == mailDrafted || how == mailSent):
			p.mails[id] = how
		case how == "passed" && before == day:
			p.passed = append(p.passed, id)
		}
	}
	return p
}

func (p *weekPlace) keepPassed(ids []string) error {
	if slices.Equal(ids, p.passed) {
		return nil
	}
	p.passed = slices.Clone(ids)
	return p.keep()
}

func (p *weekPlace) keepMail(id, how string) error {
	p.mails[id] = how
	return p.keep()
}

func (p *weekPlace) keep() error {
	if err := edit.MakeDrafts(p.root); err != nil {
		return err
	}
	text := p.day + "\n"
	for _, id := range p.passed {
		text += "passed " + id + "\n"
	}
	for _, id := range slices.Sorted(maps.Keys(p.mails)) {
		text += p.mails[id] + " " + id + "\n"
	}
	return disk.WriteTemp(p.root, weekFile, []byte(text), disk.Secret, func(temporary string) error {
		return disk.RenameIn(p.root, temporary, weekFile)
	})
}
