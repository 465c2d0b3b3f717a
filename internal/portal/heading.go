package portal

import (
	"fmt"
	"html"
	"html/template"
)

// Heading returns a heading of this level, with an id and a text.
func (v *View) Heading(level any, id string, text any) template.HTML {
	return template.HTML(fmt.Sprintf("<h%v id=%q>%s</h%[1]v>", level, id, html.EscapeString(fmt.Sprint(text))))
}
