package ui

// updateSummaries describe the update commands, by the kind of table in a file.
var updateSummaries = map[string]string{
	"question": "Write down the answer to a question", "message": "Say when a message was acknowledged, or resolved",
	"assumption": "Say that an assumption was confirmed, or was wrong", "change": "Say that a change was agreed, or declined",
	"check_in": "Say that the recap of a check-in was confirmed", "pulse": "Write down the client's score, or what was done about a gap",
	"risk": "Look at a risk again: a line in its log, the next review, its end", "goal": "Write down what a goal has come to",
	"term": "Say that the client means the same by a word", "commitment.deliverable": "Change what is written of an interim result, such as its file",
	"commitment": "Change what is written of a commitment, beside its moves", "status": "Add to a status note what is missing",
	"decision": "Change what is written of a decision", "file": "Change what is written of a file",
	"people.*": "Change what is written of a person, such as their e-mail", "about": "Change what is written of the client's business",
	"promises": "Change what you promise this client about answers and meetings", "review": "Write down what was said in the closing recap",
}

// UpdateSummary describes the command that updates a kind of table.
func UpdateSummary(kind string) string { return updateSummaries[kind] }
