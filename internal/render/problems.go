package render

import (
	"errors"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

var (
	// Hugo's places begin with workDir, plain or quoted as in Go, with the slashes of the system.
	workDirForm = regexp.MustCompile(`(?:C:)?[/\\]+(?:\x00|\\x00)[/\\]+`)
	// The last place in an error is the innermost.
	placeForm = regexp.MustCompile(`(?:` + workDirForm.String() + `)([^":]+):(\d+):(\d+)`)
	// text/template names them as template: home.html:2:12.
	templateForm = regexp.MustCompile(`template: [^":\s]+:\d+(?::\d+)?: `)
	faultAtForm  = regexp.MustCompile(`^template: ([^":\s]+):(\d+)(?::(\d+))?: (.*)$`)
	faultForm    = regexp.MustCompile(`^executing "[^"]*" at <(.*?)>: (.*)$`)
	fieldForm    = regexp.MustCompile(`can't evaluate field (\w+) in type (\S+)`)
)

// problems turns Hugo's error for one site into problems with the place in the
// theme, the line itself and the client's id.
func (r *Renderer) problems(s Site, err error) diag.Problems {
	var found diag.Problems
	for _, e := range leaves(err) {
		found = append(found, r.problem(s, e))
	}
	return found.Sort()
}

func leaves(err error) []error {
	var many interface{ Unwrap() []error }
	if errors.As(err, &many) {
		var all []error
		for _, e := range many.Unwrap() {
			all = append(all, leaves(e)...)
		}
		return all
	}
	return []error{err}
}

func (r *Renderer) problem(s Site, err error) diag.Problem {
	text := strings.ReplaceAll(err.Error(), "\n", " ")
	p := diag.Problem{Pos: diag.Pos{File: "layouts"}, Rule: rule.Layout, Severity: diag.Error}
	if all := placeForm.FindAllStringSubmatch(text, -1); all != nil {
		m := all[len(all)-1]
		p.File, p.Line, p.Column = filepath.ToSlash(m[1]), number(m[2]), number(m[3])
	} else if _, logged := errors.AsType[said](err); logged {
		p.Pos = r.errorf()
	}
	message := text
	if at := templateForm.FindAllStringIndex(text, -1); at != nil {
		// Each template names its own place before that of the one it calls; the last
		// is where the fault is, and the one to open.
		m := faultAtForm.FindStringSubmatch(text[at[len(at)-1][0]:])
		if file := r.layout(m[1]); file != "" {
			p.File, p.Line, p.Column = file, number(m[2]), number(m[3])
		}
		message = m[4]
	}
	if m := faultForm.FindStringSubmatch(message); m != nil {
		message = m[2] + " in " + m[1]
		p.Width = len([]rune(m[1]))
	}
	if m := fieldForm.FindStringSubmatch(message); m != nil {
		message = "there is no field " + m[1] + " in " + m[2]
		p.Hint = "the fields are those of the Go type; see internal/portal"
	}
	p.Message = workDirForm.ReplaceAllString(message, "") + " (in the portal of " + s.ID + ")"
	p.Text = r.line(p.File, p.Line)
	if p.Text != "" && p.Column == 0 {
		p.Column = 1 + len(p.Text) - len(strings.TrimLeft(p.Text, " \t"))
	} else if p.Text != "" {
		p.Column++ // text/template counts columns from 0
	}
	return p
}

var (
	colourForm = regexp.MustCompile(`\x1b\[[0-9;]*m`)
	// countForm matches what Hugo returns where it has only logged errors.
	countForm = regexp.MustCompile(`^logged \d+ error\(s\)$`)
	// errorfForm matches where a template makes an error of its own.
	errorfForm = regexp.MustCompile(`\b(?:errorf|erroridf|fmt\.Error(?:f|idf|mf))\b`)
	levelForm  = regexp.MustCompile(`(?m)^(?:ERROR|WARN|INFO|DEBUG) `)
)

// said is an error that was logged.
type said string

func (s said) Error() string { return string(s) }

// errorsIn returns the errors among the messages that Hugo has written, such as those of a
// layout's own errorf; nil where there is none.
func errorsIn(text string) error {
	text = colourForm.ReplaceAllString(text, "") // where standard error is a terminal
	var all []error
	begins := levelForm.FindAllStringIndex(text, -1)
	for i, at := range begins {
		end := len(text)
		if i+1 < len(begins) {
			end = begins[i+1][0]
		}
		if text[at[0]:at[1]] == "ERROR " {
			all = append(all, said(strings.TrimSpace(text[at[1]:end])))
		}
	}
	return errors.Join(all...)
}

// errorf returns the place of the only errorf in the templates, for Hugo does not say which
// one has logged an error; where there are several, that of all layouts.
func (r *Renderer) errorf() diag.Pos {
	pos := diag.Pos{File: "layouts"}
	for file, text := range r.theme {
		for _, at := range errorfForm.FindAllIndex(text, -1) {
			if strings.HasPrefix(file, "i18n/") {
				continue
			}
			if pos.Line > 0 {
				return diag.Pos{File: "layouts"}
			}
			before := string(text[:at[0]])
			// Columns of Hugo's are counted from 0.
			column := len([]rune(before[strings.LastIndexByte(before, '\n')+1:]))
			pos = diag.Pos{File: file, Line: 1 + strings.Count(before, "\n"), Column: column, Width: at[1] - at[0]}
		}
	}
	return pos
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // the patterns match digits or nothing
	return n
}

// layout returns the theme's path of a template that an error names by its path
// below layouts/ or by its base name, or "" if there is no such file.
func (r *Renderer) layout(name string) string {
	name = strings.TrimPrefix(name, "_partials/")
	for file := range r.theme {
		if file == "layouts/"+name || file == "layouts/_partials/"+name || file == "content/"+name {
			return file
		}
	}
	return ""
}

func (r *Renderer) line(file string, n int) string {
	return lineOf(string(r.theme[file]), n)
}
