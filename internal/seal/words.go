package seal

import (
	"slices"
	"strings"
	"sync"

	"github.com/sethvargo/go-diceware/diceware"
)

// isDrawn reports whether NewPassphrase can draw a word: it is on the EFF's large list and not left
// out.
func isDrawn(word string) bool { return isListed(word) && !leftOutWords()[word] }

// isListed reports whether a word is on the EFF's large list.
func isListed(word string) bool { return listedWords()[word] }

var listedWords = sync.OnceValue(func() map[string]bool {
	list := diceware.WordListEffLarge()
	rolls := []int{0}
	for range list.Digits() {
		var next []int
		for _, roll := range rolls {
			for face := 1; face <= 6; face++ {
				next = append(next, 10*roll+face)
			}
		}
		rolls = next
	}
	all := make(map[string]bool, len(rolls))
	for _, roll := range rolls {
		all[list.WordAt(roll)] = true
	}
	return all
})

var leftOutWords = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(leftOut) {
		all[word] = true
	}
	return all
})

// allDrawn reports whether NewPassphrase can draw all words.
func allDrawn(words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !isDrawn(word) })
}

// leftOut are the words of the list that do not suit a passphrase for a client: words of violence
// and death, of peoples and religions, of sex, illness and drugs, and insults.
const leftOut = `afflicted agonize agonizing agony aids amniotic anemia aneurism anguished apache arousal arson atrocious
autism autistic badass battered blaspheme blasphemy bonehead boozy bruising brute brutishly buddhism
buddhist buffoon bully cannabis carnage cartel casket casualty cataract cathouse caucasian cesarean
cesspool chemo chokehold choking chubby chump coma coronary coroner crazed crazily craziness crazy
cruelly cruelness cruelty deafness deceased deceit defame defraud degraded degrading delirium delusion
depraved depravity deranged despair detonate detonator deviancy deviant diabetes diabetic dictator
dingbat disabled disfigure disgrace dork drown dwarf dweeb dyslexia dyslexic embezzle embolism enslave
entomb epidemic epidural epilepsy epileptic eradicate eskimo evil excretion excretory exhume extortion
fascism fetal filth flaccid flogging fondling fool gallows gallstone gangrene geriatric gigolo glaucoma
glutton gonad goon gore gory graveyard grief grieving groin grope gullible gutless handgun hangover
hardcore hate hatred humiliate humped hunchback hunk hurt hypocrisy hypocrite idiocy imbecile impale
impotence impotency impotent islamic islamist jaundice jockstrap junkie landmine laxative lazily
laziness lazy lunacy lustfully lustily lustiness lusty lying maggot maimed malformed mammary mammogram
manhandle manhunt marxism mating moaning mongrel morbidity morbidly morphine mortality mortally
mortician mortuary mourner mumps mutilated mutilator naturist negligee nerd neurosis neurotic neuter
nicotine nutcase oaf obituary onslaught opium oppressed pandemic pantyhose paralysis paralyze parasite
parasitic perish perjurer perjury persecute phony poison polio predator pregnancy pregnant profanity
prozac prude prudishly pushover pyromania quack rabid racism rage rectal rehab relapse repugnant
repulsion repulsive revenge ritalin runt savage scabbed scabby scalping scam scoundrel scrawny scrooge
scurvy sedative seduce seducing sensually sensuous shame shank shrapnel siamese skinhead slain slander
slashed slashing snitch spinster starved starving sterility stinking stinky stooge strangle strep
sufferer suffering suffocate sultry supremacy swinger symptom syndrome theft thong thrash threaten
tragedy traitor treachery tribesman tubby twerp underwear undress unethical unhealthy unisexual
unlovable unloved unwanted unwomanly unworthy violate violation violator virus vixen wannabe widow wimp
womb wound wrongdoer yiddish`
