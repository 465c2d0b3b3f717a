// Package takein judges a client's reply against the client's file as it is now, and makes of it
// the one fact that is to be written there, by package edit.
//
// It must not know how a reply came here or was opened, nor write anything.
package takein

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/civil"
	"portalgen/internal/client"
	"portalgen/internal/clientfile"
	"portalgen/internal/diag"
	"portalgen/internal/edit"
	"portalgen/internal/letters"
	"portalgen/internal/portal"
	"portalgen/internal/reply"
)

// A Subject is what a reply is judged against.
type Subject struct {
	// Source is the text of the client's file, and Open reads it.
	Source clientfile.Source
	Open   func(clientfile.Source) (*edit.File, error)
	// View derives what the client sees of the file now.
	View func(*client.Client) (*portal.View, error)
	// Now is the moment of taking in, in the client's zone. It is Held where it was asked for, and is not
	// that of the clock: when a reply came by the clock then tells nothing.
	Now  time.Time
	Held bool
	// Preview says that it was sent in a preview: whoever came by a link there is the provider.
	Preview bool
}

// A Judgement is what comes of a reply.
type Judgement struct {
	// Who sent it, by name. Said is true where it came by a link: nobody has checked the name.
	Who  string
	Said bool
	// On is the moment at which it was said, on the client's clock.
	On civil.Moment
	// Change is what would be written; nil where nothing can be.
	Change *edit.Change
	// Taken says that the file has it already.
	Taken bool
	// Refused is why nothing can be written, and Hint what can be done; "" where something can.
	Refused, Hint string
	// Doubts are what somebody should think about before it is written.
	Doubts []string
}

// A judge works on one reply.
type judge struct {
	Subject
	reply *reply.Reply
	by    access.Credential
	file  *edit.File
	view  *portal.View
	// who is the id of the person in whose name it is written, called what else they called
	// themselves.
	who, called string
	// day is that on which it was said.
	day civil.Date
	out *Judgement
}

// refusal is why a reply cannot be written.
type refusal struct{ why, hint string }

func (r refusal) Error() string { return r.why }

// Judge judges a reply that was made with a credential and that came to an inbox at a moment, zero
// where that is not known. It fails only where the client's file cannot be read.
func Judge(s Subject, r *reply.Reply, by access.Credential, came time.Time) (Judgement, error) {
	j := judge{Subject: s, reply: r, by: by, out: &Judgement{}}
	if s.Held {
		came = time.Time{}
	}
	var err error
	if j.file, err = s.Open(s.Source); err != nil {
		return Judgement{}, err
	}
	if j.view, err = s.View(j.file.Client()); err != nil {
		return Judgement{}, err
	}
	j.refuse(j.judge(came))
	return *j.out, nil
}

// refuse says why nothing can be written, where there is an error.
func (j *judge) refuse(err error) {
	var problems diag.Problems
	no, refused := errors.AsType[refusal](err)
	switch {
	case err == nil:
	case refused:
		j.out.Refused, j.out.Hint = no.why, no.hint
	case errors.As(err, &problems): // of the file as it would be
		p := problems.Errors()[0]
		j.out.Refused, j.out.Hint = p.Message, p.Hint
	default:
		j.out.Refused, j.out.Hint = err.Error(), "write it down by hand"
	}
}

func (j *judge) judge(came time.Time) error {
	c := j.file.Client()
	if slices.ContainsFunc(c.AllSent(), func(s client.Sent) bool { id, _ := s.Taken(); return id == j.reply.ID }) {
		j.out.Taken = true
	}
	j.when(came)
	if err := j.whose(came); err != nil || j.out.Taken {
		return err
	}
	f, err := j.fact()
	if err != nil {
		return err
	}
	j.out.Change, err = j.write(f)
	return err
}

// clockOff is by how much the clock of a device may differ, either way, before a doubt says so.
const clockOff = 5 * time.Minute

// longPast is how old a reply of unknown arrival may be before a doubt says so.
const longPast = 7 * 24 * time.Hour

// when works out the day on which the reply was sent. What a device says of the future is not
// taken from it.
func (j *judge) when(came time.Time) {
	sent, latest := j.reply.Sent, j.Now
	if !came.IsZero() && came.Before(latest) {
		latest = came
	}
	zone := j.Now.Location()
	at := sent
	if sent.After(latest) {
		at = latest
	}
	switch {
	case sent.After(latest.Add(clockOff)):
		j.doubt("the clock of the device is wrong: it says %s, and the reply was here on %s",
			civil.MomentOf(sent.In(zone)), civil.MomentOf(latest.In(zone)))
	case !came.IsZero() && came.Sub(sent) > clockOff: // which of the two it was, nobody can know
		j.doubt("it says that it was sent on %s, and came to the inbox on %s: "+
			"the device was offline, or its clock is wrong",
			civil.MomentOf(sent.In(zone)), civil.MomentOf(came.In(zone)))
	case came.IsZero() && latest.Sub(sent) > longPast:
		j.doubt("it says that it was sent on %s: it was on its way for long, or the clock of the device is wrong",
			civil.MomentOf(sent.In(zone)))
	}
	j.out.On = civil.MomentOf(at.In(zone))
	j.out.On.Clock = j.out.On.Clock.Truncate(time.Minute)
	j.day = j.out.On.Date
}

func (j *judge) doubt(format string, args ...any) {
	j.out.Doubts = append(j.out.Doubts, fmt.Sprintf(format, args...))
}

// whose finds out who sent it.
func (j *judge) whose(came time.Time) error {
	people := j.file.Client().People
	if link := j.by.Link; link != nil {
		return j.byLink(came)
	}
	p, ok := people[j.by.Person]
	j.out.Who = j.by.Person
	if !ok || p.Side != client.ClientSide {
		return refusal{
			fmt.Sprintf("%s is not among the client's people any more", j.by.Person),
			"put them back into [people], or leave this reply out",
		}
	}
	j.who, j.out.Who = j.by.Person, p.Name
	return nil
}

// byLink takes who sent it by a link from what they say.
func (j *judge) byLink(came time.Time) error {
	j.out.Said = true
	people := j.file.Client().People
	j.out.Who = j.reply.By
	if came.IsZero() {
		came = j.Now
	}
	if j.by.Ended(came) {
		return refusal{
			fmt.Sprintf("it was sent by a link that ended on %s",
				civil.MomentOf(j.by.Link.Expires.In(j.Now.Location()))),
			"ask them whether it holds, and write it down yourself",
		}
	}
	if id := called(people, j.reply.By); id != "" {
		j.who, j.out.Who = id, people[id].Name
		if !j.Preview {
			j.doubt("it was sent by a link: nobody has checked that it was %s", j.out.Who)
		}
		return nil
	}
	j.called = straight(j.reply.By)
	if j.who = first(people, client.ClientSide); j.who == "" {
		return refusal{"the client has nobody in [people] as whom it could be written", "add one"}
	}
	if j.called == "" {
		j.out.Who = "somebody with the link"
	}
	j.doubt("it was sent by a link, and nobody of the client's people is called %q: it is written as of %s",
		j.called, people[j.who].Name)
	return nil
}

// straight returns a name without what would turn the rest of a sentence in which it stands.
func straight(name string) string {
	return strings.Map(func(r rune) rune {
		if letters.Turns(r) {
			return -1
		}
		return r
	}, name)
}

// called returns the person of the client's side, of those whom the page shows, whom an id or a name means;
// "" where it means none, or several.
func called(people client.People, name string) string {
	shown := func(p client.Person) bool { return p.Side == client.ClientSide && !p.Private }
	if shown(people[name]) {
		return name
	}
	found := ""
	for id, p := range people {
		if shown(p) && (strings.EqualFold(p.Name, name) || strings.EqualFold(p.Short(), name)) {
			if found != "" {
				return ""
			}
			found = id
		}
	}
	return found
}

// today is the day of taking in.
func (j *judge) today() civil.Date { return civil.DateOf(j.Now) }

// first returns the first person of a side: those of the client's own file come before yours.
func first(people client.People, side string) string {
	id := ""
	for other, p := range people {
		if p.Side == side && !p.Private && (id == "" || before(p, people[id])) {
			id = other
		}
	}
	return id
}

func before(a, b client.Person) bool {
	if a.Inherited != b.Inherited {
		return b.Inherited
	}
	return a.Order < b.Order
}
