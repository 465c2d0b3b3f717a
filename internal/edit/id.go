package edit

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters replaces letters that do not decompose into a plain letter and a mark.
var letters = strings.NewReplacer(
	"ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "ł", "l", "þ", "th", "ħ", "h", "ı", "i", "ŋ", "n",
	"&", " and ", "'", "", "’", "",
)

// maxID is the greatest length of an id.
const maxID = 64

// ID makes an id from a name: lower case, without marks, with - between the words. It is "" if no character
// of the name is allowed in an id.
func ID(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(letters.Replace(strings.ToLower(name))) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	id := b.String()
	return strings.Trim(id[:min(len(id), maxID)], "-")
}

// shortID makes an id from a title: its first words, and a number if that id is taken. It is "" if no id can
// be made.
func shortID(title string, taken func(string) bool) string {
	words := strings.Split(ID(title), "-")
	id := words[0]
	for _, w := range words[1:] {
		if len(id)+1+len(w) > 24 {
			break
		}
		id += "-" + w
	}
	if id == "" {
		return ""
	}
	id = id[:min(len(id), maxID-4)]
	free := id
	for n := 2; taken(free); n++ {
		free = fmt.Sprintf("%s-%d", id, n)
	}
	return free
}
