package clientfile

import (
	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

// Rules are all rules of this package. Each is an error and cannot be set.
var Rules = []diag.Rule{
	{
		Name: rule.Syntax, Severity: diag.Error,
		Says: "The file is not TOML: a quote, a bracket, a comma or an equals sign is missing or too many. Until it is fixed, nothing else of the file can be read.",
		Do:   "Look at the place and at what stands right before it. A text stands between quotes; a text of several lines between three quotes on either side.",
	},
	{
		Name: rule.UnknownKey, Severity: diag.Error,
		Says: "A key is not of this format, or stands in the wrong table. Keys are written in lower case.",
		Do:   "Spell it as the hint says, or move it: a key belongs to the table whose heading stands above it.",
	},
	{
		Name: rule.MissingField, Severity: diag.Error,
		Says: "Something that must be there is not, or is empty.",
		Do:   "Write the key that the message names.",
	},
	{
		Name: rule.WrongType, Severity: diag.Error,
		Says: "A value is of the wrong kind: a text in place of a date, a list in place of a text, one table in place of several.",
		Do:   "Write the value as the hint shows. Dates stand without quotes, texts with them.",
	},
	{
		Name: rule.BadValue, Severity: diag.Error,
		Says: "A word is not among those allowed, or its form is not right: an address, a colour, a time zone, a duration, an id.",
		Do:   "Choose one of the words, or write it in the form that the hint shows.",
	},
	{
		Name: rule.BadDate, Severity: diag.Error,
		Says: "A date cannot be meant, such as the 31st of June or the year 206; or an hour does not exist in the client's time zone, because clocks are put forward over it.",
		Do:   "Correct the date.",
	},
	{
		Name: rule.BadFile, Severity: diag.Error,
		Says: "A file that is named is not there under that very name, with its large and small letters; is not a plain file; lies outside its folder; is empty; is the pointer that Git LFS keeps in place of a file; or has a name that Windows cannot have, so that the site could not be cloned there.",
		Do:   "Put the file into the folder of that name beside the client's file, or correct the name. `git lfs pull` fetches what a pointer stands for.",
	},
	{
		Name: rule.DuplicateID, Severity: diag.Error,
		Says: "One id, or one word of the glossary, stands twice.",
		Do:   "Give one of them another id. Ids that were published should stay as they are, since addresses are made of them.",
	},
	{
		Name: rule.UnknownPerson, Severity: diag.Error,
		Says: "Someone is named who is in [people] of neither the client's file nor provider.toml.",
		Do:   "Correct the id, or add the person.",
	},
	{
		Name: rule.UnknownReference, Severity: diag.Error,
		Says: "A goal or commitment is named that is not there, or commitments wait on each other in a circle.",
		Do:   "Correct the id, or take the line out.",
	},
	{
		Name: rule.DateOrder, Severity: diag.Error,
		Says: "Dates cannot stand together as written: answered before it was asked, closed before it was opened, agreed and declined at once.",
		Do:   "Correct the earlier or the later one.",
	},
	{
		Name: rule.FutureDate, Severity: diag.Error,
		Says: "Something is written as done that lies in the future, by the later of your time zone and the client's.",
		Do:   "Correct the date; or write it down when it has happened. What is planned has keys of its own, such as `due` and `next_check_in`.",
	},
	{
		Name: rule.IllegalMove, Severity: diag.Error,
		Says: "A move that cannot be made as things stand. The hint says how the commitment stands and which moves there are.",
		Do:   "Make one of those, or correct the one before. [moves.md](moves.md) has the whole loop.",
	},
	{
		Name: rule.WrongSide, Severity: diag.Error,
		Says: "A move that only the other side can make; a commitment within one side; or a `lead` who is not one of your people.",
		Do:   "Correct who made it. Customer and performer are of different sides, and anyone on a side may make that side's moves.",
	},
	{
		Name: rule.Encoding, Severity: diag.Error,
		Says: "The file is not plain text in UTF-8, or holds characters that cannot be seen.",
		Do:   "Save it as UTF-8, which every editor offers.",
	},
	{
		Name: rule.LineEnding, Severity: diag.Error,
		Says: "A line ends in a way of its own.",
		Do:   "Save the file with the line ends of Unix (LF) or of Windows (CRLF).",
	},
	{
		Name: rule.TooLarge, Severity: diag.Error,
		Says: "The file has more than 1 MiB of text.",
		Do:   "Keep attachments in the folder beside it, and name them.",
	},
	{
		Name: rule.OutsideSite, Severity: diag.Error,
		Says: "The file is a link that leads out of the site.",
		Do:   "Put the file itself in place of the link.",
	},
	{
		Name: rule.Unreadable, Severity: diag.Error,
		Says: "The file cannot be read at all.",
		Do:   "See that it is there, that it is a file, and that you may read it.",
	},
}
