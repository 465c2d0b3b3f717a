package cli

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"portalgen/internal/inbox"
	"portalgen/internal/pipeline"
	"portalgen/internal/reply"
	"portalgen/internal/seal"
	"portalgen/internal/sender"
	"portalgen/internal/site"
	"portalgen/internal/takein"
	"portalgen/internal/ui"
)

type repliesOptions struct {
	editOptions
	paste bool
	// drop deletes replies that can never be opened; dropAll deletes all that were not opened now.
	drop, dropAll bool
	portals       []string
}

func (a *app) replies() *cobra.Command {
	var opt repliesOptions
	c := &cobra.Command{
		Use:   "replies [FILE|-]...",
		Short: "Take in what clients answered in their pages",
		Long: `Take in what clients answered in their pages. Without a FILE it looks into the inbox of
data/provider.toml, and to what was sent in a preview. A FILE is a mail (.eml), several (mbox), or
any text in which a reply stands; - is what comes from another program.

Each reply is shown with who sent it, when and on what they saw, and with the change of the
client's file, and written on a yes. It is judged by the file as it is now: what is no longer on
the table is told and not written. What was written is then deleted from the inbox; the same
reply is written once, wherever it comes from.`,
		Args: usage(cobra.ArbitraryArgs),
		RunE: func(c *cobra.Command, args []string) error {
			return a.runReplies(c.Context(), c.InOrStdin(), args, opt)
		},
	}
	c.Flags().BoolVarP(&opt.yes, "yes", "y", false, "write all that need no thought without asking, and list the rest")
	c.Flags().BoolVar(&opt.dryRun, "dry-run", false, "show all, and write and delete nothing")
	c.Flags().BoolVar(&opt.paste, "paste", false, "take what is on the clipboard")
	c.Flags().BoolVar(&opt.drop, "drop", false, "delete from the inbox what is no reply, or was changed on its way")
	c.Flags().BoolVar(&opt.dropAll, "drop-all", false,
		"delete from the inbox all that was not opened, also what an earlier name of a portal or a newer portalgen "+
			"could open")
	c.Flags().StringSliceVar(&opt.portals, "portal", nil,
		"a `NAME` that a portal had before: open what was sent in it then, too")
	return c
}

// An arrived is a reply to take in.
type arrived struct {
	inbox.Waiting
	// remove deletes it from its inbox; nil if it is in no inbox.
	remove func() error
	sender *sender.Sender
	reply  *reply.Reply
	// why is the error of opening it, or nil.
	why error
}

// A taking is one run of the command replies.
type taking struct {
	*app
	ctx   context.Context
	opt   repliesOptions
	asker *ui.Asker
	site  *site.Site
	b     *pipeline.Builder
	// failed says that an inbox did not answer or something else was wrong.
	failed        bool
	written, left int
	// unbuilt says that a written reply was not sent in a preview, so its page must be built.
	unbuilt bool
	// preview is the inbox of previews; nil if no reply was ever sent in a preview.
	preview *inbox.Folder
}

func (a *app) runReplies(ctx context.Context, stdin io.Reader, args []string, opt repliesOptions) error {
	asker := a.term.Asker(stdin)
	if slices.Contains(args, "-") {
		asker = nil
	}
	return a.takeReplies(ctx, stdin, asker, args, opt)
}

// takeReplies does the work of runReplies. asker is nil if nobody can be asked.
func (a *app) takeReplies(
	ctx context.Context, stdin io.Reader, asker *ui.Asker, args []string, opt repliesOptions,
) error {
	s, b, err := a.open(pipeline.Options{Facts: true, Keys: a.keys()})
	if err != nil {
		return err
	}
	defer s.Close()
	nobody := asker == nil && !opt.yes && !opt.dryRun
	opt.dryRun = opt.dryRun || nobody // without a question or --yes nothing that a client said is written
	t := &taking{app: a, ctx: ctx, opt: opt, asker: asker, site: s, b: b}
	if t.preview, err = previewInbox(a.dir); err != nil {
		return err
	}
	defer t.closePreview()
	opened, err := t.openAll(stdin, args)
	if err != nil {
		return err
	}
	for i := range opened {
		if err := t.one(&opened[i]); err != nil {
			return ignoreCancel(err)
		}
	}
	if !t.failed || t.written+t.left > 0 { // unreadable sources are already reported, and may contain replies
		a.term.RepliesDone(t.written, t.left, t.unbuilt)
	}
	if nobody && t.left > 0 {
		a.term.NobodyToAsk()
	}
	if t.failed {
		return errProblems
	}
	return nil
}

// An opening opens replies one at a time, and keeps only their content or the reason why they do
// not open. So replies that nothing opens cannot fill the memory.
type opening struct {
	// previews are the credentials of previews. site returns the credentials of the site. It is
	// called only if those of previews do not open every reply.
	previews       []sender.Sender
	site           func() []sender.Sender
	opened, closed []arrived
}

func (o *opening) take(one arrived) {
	one.sender, one.reply, one.why = sender.Open(one.Sealed, o.previews)
	if one.why != nil {
		one.sender, one.reply, one.why = sender.Open(one.Sealed, o.site())
	}
	one.Sealed = nil
	if one.why != nil {
		o.closed = append(o.closed, one)
		return
	}
	o.opened = append(o.opened, one)
}

// openAll opens all replies, and returns them in the order in which they were sent.
func (t *taking) openAll(stdin io.Reader, args []string) ([]arrived, error) {
	ids, err := t.b.Clients()
	if err != nil {
		return nil, err
	}
	allKnown := true
	o := opening{site: sync.OnceValue(func() []sender.Sender {
		senders, ps := sender.All(t.b, ids, t.keys(), t.opt.portals...)
		if len(ps) > 0 {
			t.term.Problems(ps)
			t.failed = true
		}
		lost := func(id string) bool { return !slices.Contains(ids, id) } // only copies of its file exist
		allKnown = len(ps) == 0 && !slices.ContainsFunc(t.site.Copied(), lost)
		return senders
	})}
	for _, keys := range previewKeys(t.dir) {
		more, _ := sender.All(t.b, ids, keys) // the preview shows their problems
		o.previews = append(o.previews, more...)
	}
	if err := t.collect(stdin, args, o.take); err != nil {
		return nil, err
	}
	t.unopened(o.closed, allKnown)
	slices.SortStableFunc(o.opened, func(a, b arrived) int {
		return cmp.Or(a.reply.Sent.Compare(b.reply.Sent), a.At.Compare(b.At), cmp.Compare(a.Name, b.Name))
	})
	return o.opened, nil
}

// unopened reports the replies that were not opened, and deletes those for which a flag asks. A
// reply that somebody could still open needs --drop-all. If allKnown is false, the credentials of
// some clients are unknown, and a reply without a known credential may be theirs: it is never
// deleted.
func (t *taking) unopened(closed []arrived, allKnown bool) {
	whys, dropped := map[string]int{}, 0
	for _, one := range closed {
		why, how, drop := one.why.Error()+ui.NewerReply, ui.DropAllReply, t.opt.dropAll
		switch unknown := errors.Is(one.why, seal.ErrNoSlot); {
		case unknown && allKnown:
			why = ui.UnknownReply
		case unknown:
			why, how, drop = ui.UnreadClients, "", false
		case errors.Is(one.why, seal.ErrFormat), errors.Is(one.why, seal.ErrRefused):
			why, how, drop = ui.BrokenReply, ui.DropReply, drop || t.opt.drop
		}
		if drop && one.remove != nil && !t.opt.dryRun && one.remove() == nil {
			dropped++
			continue
		}
		if one.remove != nil {
			why += how
		}
		whys[why]++
		t.left++
		t.failed = true
	}
	if dropped > 0 {
		t.term.RepliesDropped(dropped)
	}
	for _, why := range slices.Sorted(maps.Keys(whys)) {
		t.term.RepliesUnopened(whys[why], why)
	}
}

// one judges a reply, shows it, and writes it if the person says yes.
func (t *taking) one(r *arrived) error {
	subject, err := sender.Subject(t.b, r.sender)
	if err != nil {
		return t.leaveReply(err)
	}
	judged, err := takein.Judge(subject, r.reply, r.sender.Credential, r.At)
	if err != nil {
		return t.leaveReply(err)
	}
	if judged.Taken {
		t.term.ReplyTaken(judged.Who, r.sender.Client)
		return t.delete(r)
	}
	t.term.Reply(shown(r, judged))
	if judged.Change == nil {
		t.left++
		t.failed = t.failed || t.opt.yes
		return t.askDelete(r)
	}
	if t.opt.yes && len(judged.Doubts) > 0 {
		t.left++
		return nil
	}
	done, err := t.write(judged.Change, t.asker, ui.WriteReply, t.opt.editOptions, func() error {
		return judged.Change.Write(t.site.Root)
	})
	if err != nil {
		return t.leaveReply(err)
	}
	if !done {
		t.left++
		return t.askDelete(r)
	}
	t.written++
	t.unbuilt = t.unbuilt || !subject.Preview
	t.term.Wrote(judged.Change.Name)
	return t.delete(r)
}

// leaveReply leaves a reply where it is, and shows the problems of its client's file in err.
func (t *taking) leaveReply(err error) error {
	t.left++
	t.failed = t.failed || err != nil
	if err = t.showProblems(err); errors.Is(err, errProblems) {
		return nil
	}
	return err
}

// delete deletes a reply that is in the client's file from its inbox. If that fails, the next run
// finds that the file already has it.
func (t *taking) delete(r *arrived) error {
	if r.remove == nil || t.opt.dryRun {
		return nil
	}
	if err := r.remove(); err != nil {
		t.term.InboxFailed("the inbox", err)
		t.failed = true
	}
	return nil
}

// askDelete asks whether to delete a reply that was not written.
func (t *taking) askDelete(r *arrived) error {
	if r.remove == nil || t.asker == nil || t.opt.yes || t.opt.dryRun {
		return nil
	}
	yes, err := t.asker.Confirm(ui.DeleteReply)
	if err == nil && yes {
		t.left--
		return t.delete(r)
	}
	return err
}

// shown returns a reply in the form for the terminal.
func shown(r *arrived, j takein.Judgement) ui.Reply {
	out := ui.Reply{
		Client: r.sender.Client, Who: j.Who, Said: j.Said, On: j.On, Sentence: r.reply.Sentence,
		Doubts: j.Doubts, Refused: j.Refused, Hint: j.Hint,
	}
	if !r.reply.Seen.IsZero() {
		out.Seen = r.reply.Seen.String()
	}
	if j.Change == nil { // the change already shows the texts
		for _, name := range slices.Sorted(maps.Keys(r.reply.Texts)) {
			out.Texts = append(out.Texts, r.reply.Texts[name])
		}
	}
	return out
}
