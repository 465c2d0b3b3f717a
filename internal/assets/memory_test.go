package assets

import "testing"

// The same files are not bundled again, whatever the caller did with what it was given, and whatever changed in
// files that are no part of it.
func TestWhatIsTheSameIsNotBundledAgain(t *testing.T) {
	first := published(t, nil)
	delete(first.Files, "css/main.css")
	again := published(t, map[string]string{"js/alone.js": "// another\n"})
	for _, name := range []string{"js/main.js", "js/other.js"} {
		if &first.Files[name][0] != &again.Files[name][0] {
			t.Errorf("%s was made again", name)
		}
	}
	if _, there := again.Files["css/main.css"]; !there {
		t.Error("what the first caller removed is gone")
	}
}

// A file that is part of others makes them new when it changes, and when it is gone and comes back.
func TestWhatHasChangedIsBundledAgain(t *testing.T) {
	main := func(twice string) string {
		t.Helper()
		return string(published(t, map[string]string{"js/twice.js": twice}).Files["js/main.js"])
	}
	const two, three = "export const twice = (n) => n * 22;", "export const twice = (n) => n * 33;"
	if a, b := main(two), main(three); a == b || main(two) != a || main(three) != b {
		t.Error("a change of what is imported is not in what imports it")
	}
	more := map[string]string{"js/main.js": "import './later.js';\n"}
	for _, there := range []bool{false, true, false} {
		delete(more, "js/later.js")
		if there {
			more["js/later.js"] = "console.log(1);\n"
		}
		if _, _, err := publish(more); (err == nil) != there {
			t.Errorf("with the file that is imported there: %v, it says %v", there, err)
		}
	}
}
