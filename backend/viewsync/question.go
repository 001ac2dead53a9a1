package viewsync

import (
	"slices"
	"strings"
)

// Kind says what a Question is about; a closed set.
type Kind string

// The kinds.
const (
	KindReplaced   Kind = "replaced"   // another object has its name
	KindOtherView  Kind = "otherView"  // the same object holds another view of this user
	KindDeleted    Kind = "deleted"    // it was there and is gone
	KindRolledBack Kind = "rolledBack" // an older document came back
	KindUnsealed   Kind = "unsealed"   // it was sealed and isn't any more
	KindForeign    Kind = "foreign"    // the Secret isn't this user's view
	KindStranger   Kind = "stranger"   // the document in it is another user's or another cluster's
	KindDamaged    Kind = "damaged"    // parts are missing
	KindGarbled    Kind = "garbled"    // it can't be understood
	KindForgotten  Kind = "forgotten"  // sealed with a key that isn't here, and the passphrase may be lost
	KindKeptHere   Kind = "keptHere"   // the person keeps it on this machine only
)

// ChoiceID is one answer; a closed set.
type ChoiceID string

// The choices.
const (
	ChooseMine      ChoiceID = "mine"      // write what this machine has over it
	ChooseTheirs    ChoiceID = "theirs"    // take what the primary has; unsaved edits here are lost
	ChooseBoth      ChoiceID = "both"      // bring both together
	ChooseSave      ChoiceID = "save"      // save it there again
	ChooseLocal     ChoiceID = "local"     // keep it on this machine only
	ChooseLeave     ChoiceID = "leave"     // leave what is there, and go on here
	ChooseElsewhere ChoiceID = "elsewhere" // use another namespace
)

// Question stops the sync until a person has answered: nothing is written before.
type Question struct {
	ID      string // the same for the same question about the same thing
	Kind    Kind
	Title   string
	Text    string
	Choices []Choice
}

// Choice is one answer to a Question.
type Choice struct {
	ID     ChoiceID
	Label  string
	Danger bool // it destroys something
}

// ask makes a question; evidence tells it from others of its kind, so that an old answer never fits a new question.
func ask(kind Kind, evidence string, place Place, why string) Question {
	q := Question{ID: string(kind) + "-" + digest([]byte(string(kind) + "\x00" + evidence))[:12], Kind: kind}
	t := texts(kind)
	q.Title, q.Choices = t.title, t.choices
	q.Text = strings.ReplaceAll(t.text, "PLACE", place.String())
	if why != "" {
		q.Text += " (" + plain(why) + ".)"
	}
	return q
}

func (q Question) offers(c ChoiceID) bool {
	return slices.ContainsFunc(q.Choices, func(o Choice) bool { return o.ID == c })
}

type text struct {
	title, text string
	choices     []Choice
}

func texts(kind Kind) text {
	mine := Choice{ChooseMine, "Replace it with what this machine has", true}
	here := Choice{ChooseLocal, "Keep the view on this machine only", false}
	leave := Choice{ChooseLeave, "Leave it and work on this machine", false}
	switch kind {
	case KindReplaced:
		return text{
			"The view on the primary was replaced",
			"The Secret PLACE isn't the one that this machine knows: it was deleted and made again, or the cluster was rebuilt.",
			[]Choice{{ChooseBoth, "Bring both together", false}, {ChooseTheirs, "Use what the primary has", true}, mine},
		}
	case KindOtherView:
		return text{
			"The primary holds another view of yours",
			"Another view was written into the Secret PLACE, perhaps by another machine of yours.",
			[]Choice{{ChooseBoth, "Bring both together", false}, {ChooseTheirs, "Use what the primary has", true}, mine},
		}
	case KindDeleted:
		return text{
			"The view on the primary was deleted",
			"The Secret PLACE is gone. This machine still has the view.",
			[]Choice{{ChooseSave, "Save it there again", false}, here},
		}
	case KindRolledBack:
		return text{
			"The primary has an older copy of the view",
			"What lies in PLACE is older than what this machine has seen there, as after a restore of the cluster.",
			[]Choice{{ChooseMine, "Use what this machine has", false}, {ChooseTheirs, "Use the primary's older copy", true}},
		}
	case KindUnsealed:
		return text{
			"The view on the primary isn't sealed any more",
			"It was sealed when this machine last saw it. If you didn't change that on another machine, somebody else wrote PLACE.",
			[]Choice{{ChooseMine, "Seal it again with what this machine has", false}, {ChooseTheirs, "Accept the open list", true}},
		}
	case KindForeign:
		return text{
			"The view's place is taken",
			"The Secret PLACE isn't your view, so Binnacle doesn't touch it.",
			[]Choice{{ChooseElsewhere, "Save the view in another namespace", false}, here},
		}
	case KindStranger:
		return text{
			"The view on the primary is somebody else's",
			"The document in PLACE was made for another user or another cluster. Binnacle doesn't mix it with yours.",
			[]Choice{leave, mine},
		}
	default:
		return moreTexts(kind, mine, leave)
	}
}

func moreTexts(kind Kind, mine, leave Choice) text {
	switch kind {
	case KindDamaged:
		return text{
			"The view on the primary is incomplete",
			"Some of the Secrets that make it up, PLACE and those beside it, are missing or changed.",
			[]Choice{leave, mine},
		}
	case KindGarbled:
		return text{
			"The view on the primary can't be read",
			"Something else than a view lies in PLACE, or it was damaged.",
			[]Choice{leave, mine},
		}
	case KindForgotten:
		return text{
			"The view on the primary is locked",
			"It is sealed with a key that this machine doesn't have. If the passphrase is lost for good, what lies in PLACE can't be opened by anyone.",
			[]Choice{mine},
		}
	default:
		return text{
			"The view is kept on this machine only",
			"As you chose. It isn't saved on the primary.",
			[]Choice{{ChooseSave, "Save it on the primary", false}},
		}
	}
}
