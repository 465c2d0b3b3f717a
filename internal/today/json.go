package today

import (
	"encoding/json"
	"io"
)

// jsonItem is what `today --json` prints of an Item. Days are as in the files, times on the provider's clock,
// "" if there is none.
type jsonItem struct {
	Group      Group  `json:"group"`
	Kind       string `json:"kind"`
	Client     string `json:"client"`
	ClientName string `json:"client_name"`
	Person     string `json:"person"`
	PersonName string `json:"person_name"`
	What       string `json:"what"`
	Do         string `json:"do"`
	Due        string `json:"due"`
	DaysLate   int    `json:"days_late"`
	Since      string `json:"since"`
	Urgent     bool   `json:"urgent"`
	Private    bool   `json:"private"`
	File       string `json:"file"`
	Line       int    `json:"line"`
	Command    string `json:"command"`
}

type jsonLoad struct {
	Person     string   `json:"person"`
	PersonName string   `json:"person_name"`
	Owes       int      `json:"owes"`
	Late       int      `json:"late"`
	Over       []string `json:"overloaded_weeks"`
}

// JSON writes d for other programs.
func JSON(w io.Writer, d List) error {
	out := struct {
		Today string     `json:"today"`
		Until string     `json:"until"`
		Items []jsonItem `json:"items"`
		Loads []jsonLoad `json:"loads"`
	}{d.Today.String(), d.Until.String(), []jsonItem{}, []jsonLoad{}}
	for _, i := range d.Items {
		out.Items = append(out.Items, jsonItem{
			i.Group, i.Kind, i.Client, i.Name, i.Person, i.Who, i.What, i.Do, i.Due.String(), i.Late, i.Since.String(),
			i.Urgent, i.Private, i.Pos.File, i.Pos.Line, i.Command(),
		})
	}
	for _, l := range d.Loads {
		over := []string{}
		for _, week := range l.Over {
			over = append(over, week.String())
		}
		out.Loads = append(out.Loads, jsonLoad{l.Person, l.Who, l.Owes, l.Late, over})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
