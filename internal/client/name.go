package client

import (
	"slices"
	"strings"
)

// Short returns what the person is called in a sentence: called if it is set, else the first word of the name
// that is not a title. It is the full name where that word is only an initial or the beginning of a name, and
// where only one word is left after the titles: a family name alone would be rude.
func (p Person) Short() string {
	if p.Called != "" {
		return p.Called
	}
	words := strings.Fields(p.Name)
	name := words
	for len(name) > 0 && isTitle(name[0]) {
		name = name[1:]
	}
	if len(name) == 0 || len(name) == 1 && len(words) > 1 ||
		strings.HasSuffix(name[0], ".") || slices.Contains(beginnings, name[0]) {
		return p.Name
	}
	return name[0]
}

// isTitle reports whether a word is a title. "Dr.-Ing." and "Dring" count as one.
func isTitle(word string) bool {
	word = strings.ToLower(word)
	return slices.Contains(titles, strings.NewReplacer(".", "", "-", "").Replace(word)) ||
		slices.Contains(dotted, word)
}

// titles are words before a name in the languages of the interface, in small letters and
// without full stops and hyphens.
var titles = strings.Fields(`
	dr dres dring drmed drphil prof profdr professor professorin ing dipling diplkfm magister
	herr frau fräulein mr mrs ms miss mx sir dame madam
	monsieur madame mademoiselle mme mlle maître docteur professeur
	señor señora señorita sr sra srta doctor doctora dra profesor profesora ingeniero ingeniera
	licenciado licenciada doña senhor senhora
	د الدكتور الدكتورة دكتور دكتورة السيد السيدة الآنسة الأستاذ الأستاذة أستاذ أستاذة أد
	المهندس المهندسة الشيخ الشيخة
`)

// dotted are titles only when written with their full stop: without it they are names or initials.
var dotted = strings.Fields(`
	m. me. mm. d. hr. fr. pr. rev. hon. mag. dipl. lic. med. phil. jur. rer. nat. habil.
	م. أ. ا.
`)

// beginnings are first words that are not a name by themselves: "servant of", "father of", "mother of", "son
// of", "daughter of".
var beginnings = []string{"عبد", "أبو", "ابو", "أم", "ام", "ابن", "بن", "بنت"}
