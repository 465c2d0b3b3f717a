package explain

import (
	"portalgen/internal/diag"
	"portalgen/internal/rule"
)

// siteRules are the rules of the steps after reading.
var siteRules = []diag.Rule{
	{
		Name: rule.UnknownRule, Severity: diag.Warning,
		Says: "[check] of provider.toml sets a rule or a limit that there is not, or a limit below zero.",
		Do:   "Correct the name as the hint says, or take the line out.",
	},
	{
		Name: rule.PrivateMove, Severity: diag.Error,
		Says: "Without the moves that are private, the others are no conversation that could be told.",
		Do:   "Make the later moves private too, or the earlier ones public.",
	},
	{
		Name: rule.NobodyHasAccess, Severity: diag.Warning,
		Says: "A portal is built that nobody can open.",
		Do:   "Give a person a passphrase: `portalgen access add CLIENT PERSON`.",
	},
	{
		Name: rule.AccessOfUnknownPerson, Severity: diag.Warning,
		Says: "Somebody can open a portal who is not among the client's people any more.",
		Do:   "Put them back into [people], or take their access away: `portalgen access remove CLIENT PERSON`.",
	},
	{
		Name: rule.AccessAfterRemoval, Severity: diag.Warning,
		Says: "Somebody was removed, and can open the portal all the same. It comes of a merge, where one branch removed a person and another gave them a new passphrase.",
		Do:   "If they are to go: `portalgen access remove CLIENT PERSON`. If they are to stay: `portalgen access reissue CLIENT PERSON`.",
	},
	{
		Name: rule.AccessWithoutClient, Severity: diag.Warning,
		Says: "There is an access file in data/access, and no client of its name in data/clients. A new client of that id would be opened by the people and links of the former one.",
		Do:   "Where the client's file was renamed: rename it back, or run `portalgen rename OLD NEW`, which keeps address and access. Where it was lost, put it back. Delete the access file once the client has left for good.",
	},
	{
		Name: rule.AccessFile, Severity: diag.Error,
		Says: "A file of data/access, which the program writes, cannot be read.",
		Do:   "Where the client's file was renamed together with it: `portalgen rename OLD NEW`. Else take it back from git as it was. Only where that cannot be done, remove it and give access again, `portalgen access add CLIENT PERSON`: every passphrase and every link is lost with it, and after a `key rotate` or a `rename` the portal's address too.",
	},
	{
		Name: rule.NoKey, Severity: diag.Error,
		Says: "There is no master key to seal a portal with. Where there are files in data/access, they were sealed under one that is not here: as on a second machine, since git does not take the key.",
		Do:   "In a new site make one with `portalgen init`. Else copy yours into .portalgen/key, from where you keep it, or set PORTALGEN_KEY. Where it is lost for good, `portalgen init --new-key` makes another key: everybody needs a new passphrase, and each portal has a new address.",
	},
	{
		Name: rule.WrongKey, Severity: diag.Error,
		Says: "The master key is another than the one that a client's access file was written under.",
		Do:   "Use the key that belongs to it. Where the key opens other access files, this one is of an earlier time: take it back from version control. Where no key is left that opens any, `portalgen init --new-key` makes another key: nobody's passphrase can be carried over, and each portal has a new address.",
	},
	{
		Name: rule.PublicKey, Severity: diag.Error,
		Says: "The site's master key is the samples' public one, with which anyone could open a portal.",
		Do:   "Take it out, and make one of your own with `portalgen init`.",
	},
	{
		Name: rule.OpenKey, Severity: diag.Warning,
		Says: "The file system that .portalgen/key lies on keeps no permissions, so that others who use this machine may read the key, and chmod changes nothing: a disk of Windows seen from Linux, a memory stick, some folders that a container shares with its host.",
		Do:   "Keep the site on a disk of the system's own, such as below your home. Under Windows Subsystem for Linux, options = \"metadata\" below [automount] in /etc/wsl.conf turns permissions on. Or keep the key in a password manager, remove the file and set PORTALGEN_KEY for each build. Where you alone use the machine, nothing needs to be done.",
	},
	{
		Name: rule.Example, Severity: diag.Warning,
		Says: "A client's file says `example = true`: `serve` shows it, and `build` leaves it out.",
		Do:   "Begin a client with `portalgen new client NAME`. Where the file is a client's now, take that line out.",
	},
	{
		Name: rule.Frozen, Severity: diag.Warning,
		Says: "provider.toml has a `frozen` date, at which time stands still for the samples, and the site has clients of its own: each of their pages stands still too, and nothing is ever late.",
		Do:   "Take the line out.",
	},
	{
		Name: rule.SamplesBesideClients, Severity: diag.Warning,
		Says: "The program's samples lie beside clients of the site's own, as in a clone of the program's repository, and are published with them.",
		Do:   "Clear them: `portalgen init --clear-samples`. A sample that was changed stays.",
	},
	{
		Name: rule.DuplicatePortal, Severity: diag.Error,
		Says: "Two clients have the same address.",
		Do:   "Give one of them another `portal`.",
	},
	{
		Name: rule.CopiedFile, Severity: diag.Error,
		Says: "Beside a client's file lies a copy of it, such as `acme (conflicted copy 2026-11-17).toml`, `acme.sync-conflict-….toml` or `acme 2.toml`: a program that keeps folders the same could not tell which of two edits is right. The client is not built until that is settled; what was published stays, and all others are built. So it is where the copy is there and the file itself is not.",
		Do:   "Take over into the client's file what is right in the copy, and remove the copy. Where the file itself is gone, give the copy its name.",
	},
	{
		Name: rule.SameClient, Severity: diag.Warning,
		Says: "Two files are of a client of the same name and nearly the same, such as acme.toml and acme-laptop.toml. Each makes a portal of its own, and only one of the two is kept up to date.",
		Do:   "Remove the one that is a copy. Where there are truly two, give each a name of its own.",
	},
	{
		Name: rule.Leftover, Severity: diag.Warning,
		Says: "A file in content, layouts, static, i18n or data/clients is a backup or a system's file by its name, such as own.css~, #own.css#, own.css.orig, own.css.bak, ~$plan.docx or Thumbs.db, or a copy of a file beside it, such as `own (conflicted copy 2026-11-17).css`. It is neither used nor published. Of those whose names begin with a dot nothing is said.",
		Do:   "Remove it, or give it another name if it is meant to be used.",
	},
	{
		Name: rule.ReservedName, Severity: diag.Error,
		Says: "A file in static/ would stand in the place of one that the program makes. Three of these, assets/css/brand.css, assets/js/words.js and assets/js/answer-words.js, only make a warning: yours is not used. Or a page in content/ has the name by which `share` calls another page, such as status.md.",
		Do:   "Give it another name. Colours are set in `[brand]` and in assets/css/own.css, the gate's words in i18n.",
	},
	{
		Name: rule.Asset, Severity: diag.Error,
		Says: "A script or style sheet of the site's own, in static/assets, cannot be understood at this place. Of a style's property that there is not it is only a warning.",
		Do:   "Look at the place and at what stands right before it. A file of your own can be removed: the program's own then takes its place.",
	},
	{
		Name: rule.AttachmentOnNoPage, Severity: diag.Warning,
		Says: "A file is named that no page shows, since a layout of the site's own leaves it out. It is not published.",
		Do:   "Show it in the layout with `{{ partial \"file.html\" . }}`, or with a `data-file=\"{{ .Ref }}\"` of your own.",
	},
	{
		Name: rule.NavigationDiffers, Severity: diag.Warning,
		Says: "What the layouts show of other pages, above `<hr data-divider>`, is not the same on all pages of a portal. Its size, and which pages change together, then tell an outsider something of a page.",
		Do:   "Use nothing of the page itself there. Put it below the divider, or mark it in a script, as the program's own page.js marks where the reader is.",
	},
	{
		Name: rule.Attachment, Severity: diag.Error,
		Says: "A file that a client's file hands over could not be published: it could not be read to its end, or was changed while it was read.",
		Do:   "Build again once nobody writes to it. A file that is larger than 2 GiB is better kept elsewhere, with a `link` to it.",
	},
	{
		Name: rule.UnknownString, Severity: diag.Warning,
		Says: "A file in i18n/ gives a string that nothing says: the program has none of that name, and no layout of the site's own asks for it. Or the other way about: a layout of the site's own asks for a string that there is not, and shows nothing in its place; or a string is filled with what is not given to it, and `<no value>` stands there.",
		Do:   "Correct the name as the hint says; or take the string out, or give the one that is missing.",
	},
	{
		Name: rule.NotAFile, Severity: diag.Error,
		Says: "Something in static, layouts, content or i18n is neither a file nor a folder, or is a link that leads out of it.",
		Do:   "Put the file itself in its place.",
	},
	{
		Name: rule.UnusedContent, Severity: diag.Warning,
		Says: "A file in content/ of which no page is made, one in i18n/ whose strings are not read, since they are read from files such as i18n/en.toml alone, or one in layouts/ that no page asks for: its name is misspelt, or is that of a layout which an earlier version had.",
		Do:   "Do as the hint says, or take it out: what it says can stand in a client's file, in such a file of strings, or in the layout that is in its place now.",
	},
	{
		Name: rule.Layout, Severity: diag.Error,
		Says: "A layout of the site, or a string in its i18n, cannot be used.",
		Do:   "Look at the line that is named. A layout of your own can be removed: the program's own then takes its place.",
	},
	{
		Name: rule.Output, Severity: diag.Error,
		Says: "The folder to publish into cannot be written, or must not be: it is part of the site, or holds it.",
		Do:   "Name a folder of its own with `--out`, such as public.",
	},
	{
		Name: rule.PublishedInTheClear, Severity: diag.Warning,
		Says: "Git has the folder that is published and the clients' files, and no netlify.toml at its top that tells Netlify to publish only that folder; of a site in a folder of the repository, a host does not see the one in that folder. Without it the root of the repository is published, with all clients' files in the clear.",
		Do:   "Commit netlify.toml too: `git add -A`. For a site in a folder of the repository, set Base directory to it at the host, and commit a netlify.toml at the top with that `base`. Set the folder to publish in the host's own settings as well, and see with `portalgen verify URL` that none of your files can be read there.",
	},
	{
		Name: rule.Interrupted, Severity: diag.Error,
		Says: "The build was stopped before it was done. Nothing of it was published.",
		Do:   "Build again.",
	},
	{
		Name: rule.Edit, Severity: diag.Error,
		Says: "A change to a file could not be written, or would have changed more than it was to. The file is as it was.",
		Do:   "Read the message; where something else wrote the file at the same time, try again.",
	},
	{
		Name: rule.Editor, Severity: diag.Error,
		Says: "The editor for a status note could not be run, or ended with an error. What was written so far is kept.",
		Do:   "Set VISUAL or EDITOR to the editor's command, and run the command again: it goes on with the draft.",
	},
	{
		Name: rule.Build, Severity: diag.Error,
		Says: "A step failed for a reason that none of the other rules names.",
		Do:   "Read the message; it says which step.",
	},
	{
		Name: rule.Share, Severity: diag.Error,
		Says: "The page, the link or the message that was to be shared could not be put together.",
		Do:   "Read the message; it says why.",
	},
	{
		Name: rule.Check, Severity: diag.Error,
		Says: "The rules could not be asked of a client.",
		Do:   "Read the message; it says why.",
	},
	{
		Name: rule.Failed, Severity: diag.Error,
		Says: "The command could not do its work.",
		Do:   "Read the message; it says why.",
	},
}
