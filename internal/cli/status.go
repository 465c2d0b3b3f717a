package cli

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"

	"portalgen/internal/diag"
	"portalgen/internal/edit"
	"portalgen/internal/rule"
	"portalgen/internal/ui"
)

// runStatus opens the editor to write a status note, beginning with the values of the form.
func (a *app) runStatus(e *editing, f *edit.File, fm *edit.Form, asker *ui.Asker, id string, opt editOptions) error {
	d := edit.NewDraft(e.Root, id)
	if err := beginDraft(d, fm, asker); errors.Is(err, ui.ErrCancelled) {
		a.term.NothingWritten()
		return nil
	} else if err != nil {
		return err
	}
	for {
		if err := openEditor(d.Path(e.Dir)); err != nil {
			a.term.DraftKept(d.Name, id)
			return diag.Of(err, d.Name, rule.Editor)
		}
		if err := d.Secure(); err != nil {
			return err
		}
		change, err := d.Read(f)
		switch {
		case errors.Is(err, edit.ErrNoNote):
			return a.nothingWritten(d, id)
		case err != nil:
			again, err := a.editAgain(err, asker)
			if again {
				continue
			}
			a.term.DraftKept(d.Name, id)
			return err
		}
		done, err := a.write(change, asker, ui.WriteIt, opt, func() error { return change.Write(e.Root) })
		if !done || err != nil {
			a.term.DraftKept(d.Name, id)
			return err
		}
		a.term.Wrote(change.Name)
		return d.Done()
	}
}

// beginDraft writes a new draft, unless an earlier one exists and the person wants to continue it.
func beginDraft(d *edit.Draft, fm *edit.Form, asker *ui.Asker) error {
	if d.Left() {
		goOn := true
		if asker != nil {
			var err error
			if goOn, err = asker.Confirm(ui.GoOnWith); err != nil {
				return err
			}
		}
		if goOn {
			return d.Secure()
		}
	}
	words := map[string]string{}
	for _, s := range fm.Keys() {
		words[s.Key] = ui.FieldNote("status", s.Key)
	}
	text, err := fm.Template(words)
	if err != nil {
		return err
	}
	return d.Begin(text)
}

// nothingWritten prints that nothing was written. It removes the draft if it is unchanged.
func (a *app) nothingWritten(d *edit.Draft, id string) error {
	a.term.NothingWritten()
	if d.Untouched() {
		return d.Remove()
	}
	a.term.DraftKept(d.Name, id)
	return nil
}

// editAgain shows the problems of a draft and asks whether to edit it again. If not, the caller
// must return the error.
func (a *app) editAgain(wrong error, asker *ui.Asker) (bool, error) {
	err := a.showProblems(wrong)
	if asker == nil || !errors.Is(err, errProblems) {
		return false, err
	}
	again, asked := asker.Confirm(ui.EditAgain)
	return again && asked == nil, err
}

// openEditor opens a file in the person's editor. VISUAL and EDITOR may contain arguments.
func openEditor(file string) error {
	editor := cmp.Or(os.Getenv("VISUAL"), os.Getenv("EDITOR"), "vi")
	c := exec.Command("sh", "-c", editor+` "$@"`, editor, file)
	if runtime.GOOS == "windows" {
		words, err := splitCommand(editor)
		if err != nil {
			return err
		}
		c = exec.Command(words[0], append(words[1:], file)...)
	}
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s, %s: %w", ui.EditorEnded, editor, err)
	}
	return nil
}
