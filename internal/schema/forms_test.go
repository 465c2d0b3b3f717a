package schema

import (
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"

	"portalgen/internal/client"
	"portalgen/internal/loop"
)

// The forms of values, as package clientfile knows them. A key that is written and
// left empty counts as not written, so that most of them allow an empty text.
const (
	idForm       = "^[a-z0-9][a-z0-9_-]{0,63}$"
	momentForm   = `^(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?)?$`
	durationForm = "^([0-9]{1,4} (minute|hour|day|week)s?|same business day)$"
	fileForm     = `^([^/\\:]+(/[^/\\:]+)*)?$`
	clockForm    = "^(([01][0-9]|2[0-3]):[0-5][0-9])?$"
)

// forms are the patterns of the keys that have one, by the key, or by type and key
// where another table has a key of the same name that is free text.
var forms = map[string]string{
	"id":                "^([a-z0-9][a-z0-9_-]{0,63})?$",
	"portal":            "^[a-z0-9-]{0,40}$",
	"email":             `^([^\s@<>()\[\],;:"\\?&%=/#]+@[^\s@<>()\[\],;:"\\?&%=/#]+)?$`,
	"accent":            "^(#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}))?$",
	"timezone":          "^[A-Za-z0-9_+./-]*$",
	"language":          "^[A-Za-z0-9-]*$",
	"base_url":          "^([Hh][Tt][Tt][Pp][Ss]?://[^?#]+)?$",
	"link":              "^(([Hh][Tt][Tt][Pp][Ss]?|[Mm][Aa][Ii][Ll][Tt][Oo]):.+)?$",
	"file":              fileForm,
	"picture":           fileForm,
	"logo":              fileForm,
	"WorkingHours.from": clockForm,
	"WorkingHours.to":   clockForm,
}

// specials add what the tags of a table cannot say.
var specials = map[reflect.Type]func(*jsonschema.Schema){
	reflect.TypeFor[client.Client]():       reservePortals,
	reflect.TypeFor[client.About]():        textOrTable,
	reflect.TypeFor[client.WorkingHours](): nameDays,
	reflect.TypeFor[client.Commitment]():   wantMoves,
	reflect.TypeFor[client.Move]():         nameMoves,
	reflect.TypeFor[client.File]():         wantFileOrLink,
}

func reservePortals(s *jsonschema.Schema) {
	portal, _ := s.Properties.Get("portal")
	portal.Not = &jsonschema.Schema{Enum: []any{"assets", "index", "404"}}
}

func textOrTable(s *jsonschema.Schema) {
	s.Type = ""
	s.Extras = map[string]any{"type": []string{"string", "object"}}
}

func nameDays(s *jsonschema.Schema) {
	days, _ := s.Properties.Get("days")
	days.Items.Enum = []any{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
}

func wantMoves(s *jsonschema.Schema) {
	s.Required = append(s.Required, "moves")
	moves, _ := s.Properties.Get("moves")
	moves.MinItems = number(1)
}

func wantFileOrLink(s *jsonschema.Schema) {
	s.AnyOf = []*jsonschema.Schema{{Required: []string{"file"}}, {Required: []string{"link"}}}
}

// verbs say what each move means, as one short sentence.
var verbs = map[loop.Did]string{
	loop.Request:        "The customer asks for it; with due, by when.",
	loop.Offer:          "The performer offers it, without having been asked.",
	loop.Promise:        "The performer gives their word, for the date that was asked for or their own due.",
	loop.Agree:          "Yes to the terms on the table. Not the same as accept, which is of the work.",
	loop.Counter:        "Not so, but so: other terms, with due, satisfied_when or a note.",
	loop.Decline:        "No. With a note that says why. To a new date: the old one stands.",
	loop.Withdraw:       "Whoever asked or offered no longer wants it. A performer owes a note.",
	loop.Deliver:        "The performer hands it over.",
	loop.Renegotiate:    "Either side asks for a new date or new terms, with a note that says why.",
	loop.Retract:        "Whoever proposed a new date, or delivered, takes that back.",
	loop.Revoke:         "The performer takes the promise back: it is broken. With a note.",
	loop.AcceptWork:     "The customer has it and it will do. With met, unmet, thanks, co_created, improve.",
	loop.Reject:         "The customer sends it back, with a note; with due, they ask for another date.",
	loop.Close:          "The performer closes what nobody accepted by its date, with a note.",
	loop.CommitToCommit: "Not an answer yet, but one by answer_by.",
	loop.Ask:            "A question. It is then the other side's turn until they answer.",
	loop.Answer:         "The answer to a question, or to a call for help.",
	loop.Progress:       "How it is going. Nothing changes by it.",
	loop.Summarize:      "What was said, so that the other side can confirm it.",
	loop.Confirm:        "Yes, that is what we said.",
	loop.Correct:        "No, that is not quite what we said; with a note that says what was.",
	loop.AskHelp:        "A call for help to the other side.",
}

// nameMoves lists the moves with what each means: in the description for all editors,
// and in the way in which Taplo shows it for the one that is written.
func nameMoves(s *jsonschema.Schema) {
	did, _ := s.Properties.Get("did")
	var list strings.Builder
	var told []string
	for _, d := range loop.AllDids {
		did.Enum = append(did.Enum, string(d))
		told = append(told, verbs[d])
		list.WriteString("\n- " + string(d) + ": " + verbs[d])
	}
	did.MinLength = nil
	did.Description += "\n" + list.String()
	did.Extras = map[string]any{"x-taplo": map[string]any{"docs": map[string]any{"enumValues": told}}}
}
