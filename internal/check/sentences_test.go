package check_test

import (
	"strings"
	"testing"
)

// ordinary are sentences as people in business write them, without reproach and
// without words that need explaining.
const ordinary = `
The homepage is drafted and waits for your photographs.
We will send the three logo directions on Thursday.
As we discussed on Tuesday, the deposit is due on Friday.
As I said on the phone, the plumber comes on Tuesday.
We told you Friday, and it will be Monday; that is on us.
I told you the tiles would come today. They did not.
Don't worry about the parking; we have a pass for you.
If you can't make it, don't worry: we record every session.
There is no need to worry about the old invoices.
We meet for the third time on Friday at ten.
This is the fourth time that the supplier moved the date, and we have changed supplier.
None of this is your fault.
Nothing here was your mistake.
If you forgot to bring the form, we have a copy.
In case you forgot to sign, the page is marked.
Everything you need to understand the lease is on one page.
The words you need to understand the accounts are listed below.
Please make sure everyone knows the door code.
Once everyone knows the new hours, we take the old sign down.
The draft page is public: anyone can see it.
By Friday it should be clear whether the permit comes.
Once things calm down in January we begin with the garden.
When the winds calm down, the roofers go up.
We open after the busy weeks calm down.
Tell us if you are wrong about the date, and we move it.
The till speaks French if you have to serve a tourist.
You asked for two colours and we printed three; the third is free.
Your patience with the scaffolding was kind.
The patients sign in at the desk.
Be there at nine and ask for Ruth.
The second coat needs two days to dry.
The kitchen is measured, and the worktop is ordered.
We found damp behind the north wall.
The inspector comes on 3 December, in the morning.
The boiler is in; the radiators follow next week.
The scaffolding comes down on Monday.
Please keep the drive free on Wednesday from eight.
The windows arrive two weeks late, on 12 December.
We have covered the opening, and the house stays dry.
The painter needs the hall empty for three days.
We found an error in the VAT return and corrected it on 4 November.
HMRC has confirmed the refund of 1,240 GBP.
Your tax code has changed, and we have told HMRC.
The October figures are in the folder.
Please send the bank statements for May and June as PDFs.
The year-end accounts are filed; the receipt is attached.
Your tax bill is due on 31 January, and the amount is below.
The IRS wrote about the 2024 return; we answered on Monday.
We need both directors' IDs by Friday.
The CFO and the CEO both sign on page 4.
The payroll runs on the 25th, whether or not it is a holiday.
We moved the pension letters from A4 to A5.
The bookkeeper asks for the receipts of 12 and 13 May.
The loan is approved at 4.2 %.
Your question about mileage is answered on page 2.
The crown fits; the colour will be matched on Tuesday.
Please do not eat for two hours after the visit.
The X-ray shows that the root is healthy.
The new chair is in room B.
The hygienist has time on Friday at 15:30.
Theo: two more front-desk staff need a login.
The recall letters went out to 412 patients.
Your insurance pays 80 % of it.
If it hurts at night, phone us at any hour.
The implant heals for three months before the crown.
We moved your child's visit to the school holidays.
Bring the list of what you take, please.
The DIY shop has the same paint.
You said you never asked for a gallery, and we have taken it out.
You were right about the font.
The Q&A for the launch is on Thursday.
The T&Cs are with your lawyer.
The B&B next door has rooms for the team.
R&D money can be claimed until March.
She was taken to A&E and is well again.
The HR team and IT share one inbox.
We booked the MC and the DJ for the party.
The event is on BBC radio at 5 PM.
Lunch is a BBQ at one.
The NDA is signed by both sides.
The URL stays the same.
Use the Wi-Fi in the lobby.
The WiFi reaches the garden now.
The EV charger is in bay 4.
It runs on Windows and on a Mac.
The AI wrote none of this text.
Our office in NYC is closed on Monday.
The LA team joins at nine their time.
WC and kitchen are tiled.
The HQ moves in spring.
We count about 30 FAQs.
The QR code is on the door.
The ATM is around the corner.
OK from us; the rest is for you to decide.
We ask you to read section IV, and to sign section VI.
Louis XIV chairs fit the hall.
JPEGs of 3000 px are fine.
It is NOT yet paid.
HOW it looks, and WHY, is on page 3.
Please WAIT for our call before you drive.
The report says WHO does WHAT and WHEN.
Coaching begins with one question: what would be different?
You moved the talk twice, and both times you wrote down why.
Your team said they felt heard.
The homework is one page, no more.
We stop at half past, even if the topic is not done.
You can cancel until the evening before.
The second session is about the board, not about you.
What you notice matters more than what you finish.
Write to us in any language; we answer in English.
It was our mistake; the second print is on us.
That is our responsibility, and it will be put right by Friday.
Is this your doing? It is wonderful.
We forgot to ask you about the colour.
We failed to tell you in time, and that cost you a Saturday.
The courier failed to ring; the parcel is back on Monday.
We should have told you on the day, not a week later.
If we had asked you sooner, the wall would stand.
We understand that you lose a Saturday.
You should hear from the council by 4 December.
You need to sign on pages 2 and 5.
You have to choose by Friday, or the date moves to 9 January.
You must not water it for a week.
The date holds.
The date does not hold: it will be 9 January, and here is why.
There is nothing to sign today.
There is nothing for you to do this week.
Nothing has changed since Monday.
Everyone can read it, and only you can change it.
The common room is free at noon.
The menu is short: soup, bread, an apple.
We tried both, and the second is faster by a third.
The old booking page stays until the new one has run for a week.
The search finds names with one wrong letter.
The map shows the wrong door; we have written to them.
The address on the invoice is wrong, and a new one is below.
Your colleague mentioned earlier hours; we can do seven.
The note you wrote explains it well.
It is written on the box.
The costs are explained below.
As agreed, the second half is due on delivery.
As promised, the photographs are in the folder.
As planned, we print on Thursday.
As in spring, we count the visits by hand.
Per your request the colour is blue.
Your message from last week is answered below.
We were told that the key comes on Friday.
You told us that the shop closes at four, and we planned around it.
You have already sent all we need. Thank you.
You already have the link; it stays the same.
You never have to print anything.
You had asked for two, and here are three.
You gave us the keys on Monday.
This has to do with the wiring, and the electrician comes at two.
It is the council's job to mark the road, and they do it on Friday.
The sixth time slot is free.
We warn you by text before we come.
No patience is needed: it loads at once.
We are sorry that you had to phone twice.
We know that the desk planned its rota around 20 November.
The delay costs you two weeks of phone calls, and we pay for the extra hours.
A new phone in 2 minutes, and the calendar in 5.
`

func TestOrdinarySentencesAreSilent(t *testing.T) {
	n := 0
	for text := range strings.Lines(ordinary) {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		n++
		if got := wordRules(t, text); len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
	if n < 150 {
		t.Errorf("only %d sentences", n)
	}
}
