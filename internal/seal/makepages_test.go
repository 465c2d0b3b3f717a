package seal

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

const vPrefix = "/für alle/"

// published is a page with links of its own, as text. It can be put together from parts
// that do not belong together.
type published struct {
	PageContext
	prefix string
	body   []byte
}

func base64Of(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func (p published) attributes() map[string]string {
	a := map[string]string{
		"data-prefix": p.prefix, "data-portal": p.Portal, "data-token": p.Token,
		"data-slots": base64Of(p.Slots), "data-nav": base64Of(p.Nav), "data-body": base64Of(p.body),
	}
	if len(p.Links) > 0 {
		a["data-links"] = base64Of(slices.Concat(p.Links...))
		a["data-link-slots"] = base64Of(p.LinkSlots)
	}
	return a
}

func bodyAt(path, title string) []byte {
	return must(json.Marshal(map[string]string{
		"path": path, "title": title, "lang": "en", "dir": "ltr", "html": "<p>On track.</p>",
	}))
}

func publish(p PageContext, body []byte) published {
	return published{p, vPrefix, must(vKey.PageKey(p).Seal(p, body))}
}

const vNav = "<nav>Acme Dental</nav>" // of pageAt and linkedPage

func pageVectors() []pageVector {
	page := linkedPage()
	sound := publish(page, bodyAt(page.Path(), "Booking"))
	here := "/f%C3%BCr%20alle/" + page.Path()
	type change = func(*pageVector, map[string]string)
	var all []pageVector
	var attributes []map[string]string // of each
	add := func(name, code, holder string, p published, changes ...change) {
		v, a := pageVector{Name: name, Address: here, Holder: "link", Error: code}, p.attributes()
		switch holder {
		case "person":
			v.Holder, v.Root, v.Person, v.Nav = "person", vTheo.raw(), "theo", vNav
		case "portal link":
			v.Root, v.Nav = vLink.raw(), vNav
		case "page link":
			v.Root = vPageRef.raw()
		}
		v.Title = "Booking"
		for _, change := range changes {
			change(&v, a)
		}
		if code != "" {
			v.Person, v.Nav, v.Title = "", "", ""
		}
		all, attributes = append(all, v), append(attributes, a)
	}
	everybody := []string{"person", "portal link", "page link"}
	each := func(name, code string, p published, changes ...change) {
		for _, holder := range everybody {
			add(name+", "+holder, code, holder, p, changes...)
		}
	}
	at := func(address string) change { return func(v *pageVector, _ map[string]string) { v.Address = address } }
	set := func(name, value string) change { return func(_ *pageVector, a map[string]string) { a[name] = value } }
	without := func(name string) change { return func(_ *pageVector, a map[string]string) { delete(a, name) } }

	each("sound", "", sound)
	home := pageAt(vPortal, "")
	add("home, a page without links of its own", "", "person", publish(home, bodyAt(home.Path(), "Booking")), at("/f%C3%BCr%20alle/"+vPortal))
	add("a link to a page without links of its own", "no-slot", "page link", publish(home, bodyAt(home.Path(), "")), at(vPrefix+vPortal))
	for holder, code := range map[string]string{"person": "refused", "portal link": "refused", "page link": "no-slot"} {
		add("links added to a page without them, "+holder, code, holder, publish(home, bodyAt(home.Path(), "")), at(vPrefix+vPortal),
			set("data-links", base64Of(page.Links[0])), set("data-link-slots", base64Of(page.LinkSlots)))
	}
	maker := SlotsMaker{Master: vMaster, Client: "acme-dental", Portal: "zwölf", Salt: vSalt}
	named := withNav(PageContext{Portal: "zwölf", Token: vToken, Slots: must(maker.Seal(vKey, []Holder{{vTheo, "theo"}}))})
	add("under a name with a letter that is escaped", "", "person", publish(named, bodyAt(named.Path(), "Booking")),
		at("/f%c3%bcr%20alle/zw%C3%B6lf/"+vToken+"/index.html"))
	add("that name in another form of Unicode", "refused", "person", publish(named, bodyAt(named.Path(), "Booking")),
		at("/f%C3%BCr%20alle/zwo%CC%88lf/"+vToken+"/"))
	moved := sound
	moved.prefix = "/"
	add("the whole site below another path", "", "person", moved, at("/"+page.Path()))

	moved.prefix = "/f%C3%BCr%20alle/"
	add("data-prefix with escapes", "", "person", moved, at(vPrefix+page.Path()))
	moved.prefix = "/f%FCr%20alle/"
	add("data-prefix with an escape that is not UTF-8", "refused", "person", moved, at(moved.prefix+page.Path()))

	for name, address := range map[string]string{
		"without the last slash": strings.TrimSuffix(here, "/"), "with index.html": here + "index.html",
		"with more escapes": strings.Replace(here, vPortal[:1], fmt.Sprintf("%%%02x", vPortal[0]), 1),
		"without escapes":   vPrefix + page.Path(), "with an escaped slash in it": strings.Replace(here, vPortal+"/", vPortal+"%2F", 1),
	} {
		add("address "+name, "", "person", sound, at(address))
	}
	for name, address := range map[string]string{
		"of another page": "/f%C3%BCr%20alle/" + vPortal + "/", "below another path": "/" + page.Path(), "with two slashes": here + "/", "with an escaped slash at its end": strings.TrimSuffix(here, "/") + "%2F",
		"in capitals": strings.ToUpper(here), "escaped twice": strings.ReplaceAll(here, "%", "%25"), "with an escape that is not UTF-8": "/f%FCr%20alle/" + page.Path(),
		"with a sign of percent alone": here + "%", "that ends in another file": here + "other.html",
		"that only ends like index.html": strings.TrimSuffix(here, "/") + "index.html", "with index.html twice": here + "index.html/index.html",
	} {
		add("address "+name, "refused", "person", sound, at(address))
	}

	// Attributes.
	for _, name := range []string{"data-prefix", "data-portal", "data-token", "data-slots", "data-nav", "data-body", "data-links", "data-link-slots"} {
		add(name+" missing", "format", "person", sound, without(name))
	}
	add("data-nav missing, page link", "format", "page link", sound, without("data-nav"))
	for holder, code := range map[string]string{"person": "refused", "portal link": "refused", "page link": "no-slot"} {
		add("data-links and data-link-slots missing, "+holder, code, holder, sound, without("data-links"), without("data-link-slots"))
	}
	for _, name := range []string{"data-prefix", "data-portal", "data-slots", "data-nav", "data-body", "data-links", "data-link-slots"} {
		add(name+" empty", "format", "person", sound, set(name, ""))
	}
	slots := base64Of(sound.Slots) // ends in ==
	for name, text := range map[string]string{
		"without padding": strings.TrimRight(slots, "="), "with half of its padding": strings.TrimSuffix(slots, "="), "with too much padding": slots + "==",
		"with a line break": slots[:76] + "\n" + slots[76:], "with a space at its end": slots + " ", "with unused bits": slots[:len(slots)-3] + "B==",
		"with letters of base64url": "-_" + slots[2:], "with other letters": "**" + slots[2:],
	} {
		add("base64 "+name, "format", "person", sound, set("data-slots", text))
	}
	add("data-links of 17 bytes", "format", "person", sound, set("data-links", base64Of(make([]byte, tokenSize+1))))
	add("navigation not base64, and a block of another version", "format", "person", sound,
		set("data-nav", "?"), set("data-slots", base64Of(append([]byte{2}, sound.Slots[1:]...))))

	// Blocks of slots: both are checked before a key is used, that of the portal first.
	changed := func(b []byte, at int, to byte) string {
		b = slices.Clone(b)
		b[at] = to
		return base64Of(b)
	}
	each("portal's block of another version", "version", sound, set("data-slots", changed(sound.Slots, 0, 2)))
	each("portal's block with another KDF id", "kdf", sound, set("data-slots", changed(sound.Slots, 1, 2)))
	each("block of the page's links of another version", "version", sound, set("data-link-slots", changed(sound.LinkSlots, 0, 2)))
	each("block of the page's links with KDF id 0", "kdf", sound, set("data-link-slots", changed(sound.LinkSlots, 1, 0)))
	each("block of the page's links with another count", "format", sound, set("data-link-slots", changed(sound.LinkSlots, slotsHeader-1, 16)))
	each("both blocks damaged", "kdf", sound, set("data-slots", changed(sound.Slots, 1, 2)), set("data-link-slots", changed(sound.LinkSlots, 0, 2)))
	flip := func(name string, b []byte, at int) change { return set(name, base64Of(flipped(b, at))) }
	add("epoch token of the portal's block, person", "no-slot", "person", sound, flip("data-slots", sound.Slots, 18))
	add("epoch token of the portal's block, page link", "refused", "page link", sound, flip("data-slots", sound.Slots, 18))
	add("epoch token of the page's block, person", "refused", "person", sound, flip("data-link-slots", sound.LinkSlots, 18))
	add("epoch token of the page's block, page link", "no-slot", "page link", sound, flip("data-link-slots", sound.LinkSlots, 18))
	// The last byte of a slot is of its tag. A link whose own slot is damaged is refused, and
	// is not tried in the page's block.
	for i := range minSlots {
		last := slotsHeader + (i+1)*slotSize - 1
		add(fmt.Sprintf("a bit of slot %d of the portal's block", i), "refused", "portal link", sound, flip("data-slots", sound.Slots, last))
		add(fmt.Sprintf("a bit of slot %d of the page's block", i), "refused", "page link", sound, flip("data-link-slots", sound.LinkSlots, last))
	}
	add("a bit of a slot of the page's block, person", "refused", "person", sound, flip("data-link-slots", sound.LinkSlots, len(sound.LinkSlots)-1))
	add("a bit of a slot of the portal's block, page link", "refused", "page link", sound, flip("data-slots", sound.Slots, len(sound.Slots)-1))
	each("a bit of data-links", "refused", sound, flip("data-links", page.Links[0], 3))
	each("data-links with its token twice", "refused", sound, set("data-links", base64Of(slices.Concat(page.Links[0], page.Links[0]))))

	// Envelopes: the navigation first, and wholly.
	navOf := func(p PageContext, content []byte, d *deflater) published {
		p.Nav = must(vKey.NavKey(p).Seal(p, content))
		if d == nil {
			p.Nav = vKey.NavKey(p).sealPacked(kindNav, p, make([]byte, minPadded))
		}
		return publish(p, bodyAt(p.Path(), "Booking"))
	}
	d := deflaters.New().(*deflater)
	damagedBody := flip("data-body", sound.body, len(sound.body)-1)
	for _, holder := range everybody {
		navigation := func(code, body string) string {
			if holder == "page link" {
				return body
			}
			return code
		}
		one := func(name, code string, p published, changes ...change) {
			add(name+", "+holder, code, holder, p, changes...)
		}
		one("navigation of another version", navigation("version", "refused"), sound, set("data-nav", changed(sound.Nav, 0, 2)))
		one("navigation of another kind", navigation("format", "refused"), sound, set("data-nav", changed(sound.Nav, 1, 1)))
		one("navigation cut off", navigation("format", "refused"), sound, set("data-nav", base64Of(sound.Nav[:len(sound.Nav)-1])))
		one("a bit of the navigation", "refused", sound, flip("data-nav", sound.Nav, len(sound.Nav)-1))
		one("body of another version", "version", sound, set("data-body", changed(sound.body, 0, 2)))
		one("a bit of the navigation, and a body of another version", navigation("refused", "version"), sound,
			flip("data-nav", sound.Nav, 20), set("data-body", changed(sound.body, 0, 2)))
		one("navigation of another version, and a body cut off", navigation("version", "format"), sound,
			set("data-nav", changed(sound.Nav, 0, 2)), set("data-body", base64Of(sound.body[:len(sound.body)-1])))
		empty := navOf(page, nil, nil)
		one("navigation with a damaged stream, and a damaged body", navigation("format", "refused"), empty, flip("data-body", empty.body, 20))
		one("navigation not UTF-8, and a damaged body", navigation("format", "refused"), navOf(page, []byte{0xff}, d), damagedBody)
		later := navOf(page, []byte("<nav>Acme Dental, later</nav>"), d)
		one("navigation of another build", "refused", sound, set("data-nav", base64Of(later.Nav)))
		one("body of another build", "refused", sound, set("data-body", base64Of(later.body)))
		one("navigation and body in each other's place", "format", sound, set("data-nav", base64Of(sound.body)), set("data-body", base64Of(sound.Nav)))
	}

	// What the body holds.
	each("path of another page", "refused", publish(page, bodyAt(vPortal+"/", "Booking")))
	add("body that is not JSON, at another address", "format", "person", publish(page, []byte("{")), at("/"))
	each("another data-prefix", "refused", sound, set("data-prefix", "/"))
	each("another data-portal", "no-slot", sound, set("data-portal", "acme"), at("/f%C3%BCr%20alle/acme/"+vToken+"/"))
	other := vPathKey.PageToken("commitment", "photos")
	for holder, code := range map[string]string{"person": "refused", "portal link": "refused", "page link": "no-slot"} {
		add("another data-token, "+holder, code, holder, sound, set("data-token", other), at("/f%C3%BCr%20alle/"+vPortal+"/"+other+"/"))
	}
	add("another root", "no-slot", "person", sound, func(v *pageVector, _ map[string]string) { v.Root = fixed("nobody", keySize) })

	for i, a := range attributes {
		all[i].Attributes = map[string]*string{}
		for name, value := range a {
			if had, ok := attributes[0][name]; i == 0 || !ok || had != value {
				all[i].Attributes[name] = &value
			}
		}
		for name := range attributes[0] {
			if _, ok := a[name]; !ok {
				all[i].Attributes[name] = nil
			}
		}
	}
	slices.SortFunc(all[1:], func(a, b pageVector) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func bodyVectors() []bodyVector {
	members := map[string]string{"path": `"p/t/"`, "title": `"T"`, "lang": `"en"`, "dir": `"ltr"`, "html": `"<p>x</p>"`}
	object := func(members map[string]string) string {
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(members)) {
			if members[name] != "" {
				parts = append(parts, fmt.Sprintf("%q:%s", name, members[name]))
			}
		}
		return "{" + strings.Join(parts, ",") + "}"
	}
	with := func(members map[string]string, name, value string) string {
		members = maps.Clone(members)
		members[name] = value
		return object(members)
	}
	file := map[string]string{"key": `"` + strings.Repeat("A", 43) + `"`, "name": `"a.pdf"`, "size": "3"}
	withFile := func(name, value string) string { return with(members, "files", `{"0":`+with(file, name, value)+`}`) }
	body := object(members)

	var all []bodyVector
	good := func(name, text string, files int) {
		all = append(all, bodyVector{Name: name, Text: text, Title: "T", Files: files})
	}
	bad := func(name, text string) { all = append(all, bodyVector{Name: name, Text: text, Error: "format"}) }
	good("body", body, 0)
	good("white space of JSON around it", " \t\r\n"+body+"\n", 0)
	good("unknown members", with(members, "more", `[null,{"title":1}]`), 0)
	good("a name in capitals is another name", with(members, "Title", "1"), 0)
	good("a name with escapes", strings.Replace(body, `"title"`, `"t\u0069tle"`, 1), 0)
	good("the same name twice: the last counts", `{"title":1,`+body[1:], 0)
	bad("the same name twice: the last is a number", strings.TrimSuffix(body, "}")+`,"title":1}`)
	good("no files", with(members, "files", "{}"), 0)
	good("a file", withFile("size", "3"), 1)
	good("a picture, and an unknown member of a file", withFile("picture", `"image/png","more":null`), 1)
	good("a file by the name __proto__", with(members, "files", `{"__proto__":`+object(file)+`}`), 1)
	for _, size := range []string{"0", "-0", "3.0", "30e-1", "2147483648", "3.00000000000000001"} {
		good("size "+size, withFile("size", size), 1)
	}
	for _, size := range []string{"-1", "0.5", "2147483649", "9007199254740993", "1e400", "03", "+3", `"3"`, "null", "true"} {
		bad("size "+size, withFile("size", size))
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		bad("no "+name, with(members, name, ""))
		bad("null for "+name, with(members, name, "null"))
		bad("half of a surrogate pair in "+name, with(members, name, `"\ud800x"`))
	}
	for _, name := range slices.Sorted(maps.Keys(file)) {
		bad("a file without "+name, withFile(name, ""))
		bad("a file with a list for "+name, withFile(name, "[]"))
	}
	good("a surrogate pair", with(members, "html", `"\ud83d\ude00"`), 0)
	bad("halves in the wrong order", with(members, "html", `"\ude00\ud83d"`))
	bad("half of a surrogate pair in the name of a file", withFile("name", `"\udfff"`))
	bad("null for a picture", withFile("picture", "null"))
	bad("null for files", with(members, "files", "null"))
	bad("a list of files", with(members, "files", "["+object(file)+"]"))
	bad("null for a file", with(members, "files", `{"0":null}`))
	for name, key := range map[string]string{
		"cut off": strings.Repeat("A", 42), "with a letter more": strings.Repeat("A", 44), "with unused bits": strings.Repeat("A", 42) + "B",
		"with padding": strings.Repeat("A", 43) + "=", "with a line break": strings.Repeat("A", 43) + `\n`, "of base64": strings.Repeat("A", 42) + "+",
	} {
		bad("a key "+name, withFile("key", `"`+key+`"`))
	}
	bad("with a byte order mark", "\ufeff"+body)
	bad("nothing", "")
	bad("cut off", body[:len(body)-1])
	bad("something after it", body+"{}")
	bad("a comma too many", body[:len(body)-1]+",}")
	bad("a line break in a text", with(members, "html", "\"\n\""))
	bad("null", "null")
	bad("a number", "1")
	bad("a list", "["+body+"]")
	all = append(all,
		bodyVector{Name: "not UTF-8", Bytes: []byte(strings.Replace(body, "T", "\xff", 1)), Error: "format"},
		bodyVector{Name: "surrogates as bytes", Bytes: []byte(strings.Replace(body, "T", "\xed\xa0\x80", 1)), Error: "format"},
		bodyVector{Name: "path of another page", Text: with(members, "path", `"p/"`), Error: "refused"})
	slices.SortFunc(all, func(a, b bodyVector) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func fragmentVectors() []fragmentVector {
	secret := vLink.Fragment()
	link := func(fragment, secret string) fragmentVector { return fragmentVector{fragment, true, secret} }
	return []fragmentVector{
		link("k="+secret, secret),
		link("k="+secret+".", secret),
		link("k="+secret+"&utm_source=mail", secret),
		link("k="+secret+"AB", secret),
		link("k="+secret+"%3E", secret),
		link("k="+secret[:42], secret[:42]),
		link("k="+secret[:20]+"%0A"+secret[20:], secret[:20]),
		link("k=", ""),
		{Fragment: ""},
		{Fragment: "main"},
		{Fragment: "K=" + secret},
		{Fragment: "k%3D" + secret},
		{Fragment: "a&k=" + secret},
		{Fragment: "k"},
	}
}
