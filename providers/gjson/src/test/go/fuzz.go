package main

import (
	"fmt"
	"math/rand"
	"strconv"
	"strings"
)

// grammar makes documents and paths that fit each other often enough to be interesting.
type grammar struct {
	r *rand.Rand
}

func (g *grammar) pick(of ...string) string {
	return of[g.r.Intn(len(of))]
}

func (g *grammar) key() string {
	return g.pick("a", "b", "c", "ab", "abc", "name", "0", "1", "a.b", "x*", "é", "", "a b", "@this", "k\\u0041", "#", "q\\\"q")
}

func (g *grammar) scalar() string {
	switch g.r.Intn(7) {
	case 0:
		return g.pick("true", "false", "null")
	case 1, 2:
		return g.pick("0", "1", "-1", "2", "1.50", "1e3", "12345678901234567890", "0.1", "-0", "1E-2", "100", "3.0")
	default:
		return `"` + g.pick("", "a", "ab", "abc", "true", "0", "x y", "é€", `\n`, `q\"q`, `\u00e9`, `\ud83d\ude00`, "{", "]", `[1,2]`, `{\"a\":1}`, "z", "B") + `"`
	}
}

func (g *grammar) blank() string {
	return g.pick("", "", "", " ", "\n\t")
}

func (g *grammar) value(depth int) string {
	kind := g.r.Intn(6)
	if depth <= 0 || kind < 2 {
		return g.scalar()
	}
	var b strings.Builder
	n := g.r.Intn(4)
	if kind < 4 {
		b.WriteString("{")
		for i := 0; i < n; i++ {
			if i > 0 {
				b.WriteString("," + g.blank())
			}
			fmt.Fprintf(&b, `"%s"%s:%s%s`, g.key(), g.blank(), g.blank(), g.value(depth-1))
		}
		b.WriteString(g.blank() + "}")
	} else {
		same := g.r.Intn(2) == 0
		shape := []string{g.key(), g.key()}
		b.WriteString("[")
		for i := 0; i < n; i++ {
			if i > 0 {
				b.WriteString("," + g.blank())
			}
			if same {
				fmt.Fprintf(&b, `{"%s":%s,"%s":%s}`, shape[0], g.value(depth-2), shape[1], g.value(depth-2))
			} else {
				b.WriteString(g.value(depth - 1))
			}
		}
		b.WriteString(g.blank() + "]")
	}
	return b.String()
}

func (g *grammar) document() string {
	doc := g.value(4)
	for !strings.HasPrefix(doc, "{") && !strings.HasPrefix(doc, "[") && g.r.Intn(10) > 0 {
		doc = g.value(4)
	}
	switch g.r.Intn(8) {
	case 0: // sloppy: something lost or doubled
		if len(doc) > 2 {
			i := g.r.Intn(len(doc))
			doc = doc[:i] + doc[i+1:]
		}
	case 1:
		i := g.r.Intn(len(doc) + 1)
		doc = doc[:i] + g.pick(",", ":", "\"", "}", "]", "{", "[", "n", "1", " ", "\\", "tru", "nan", "+") + doc[i:]
	case 2:
		if g.r.Intn(3) == 0 {
			doc = doc[:g.r.Intn(len(doc)+1)]
		}
	case 3:
		doc = g.blank() + doc + "\n" + g.value(2)
	}
	return doc
}

func (g *grammar) operand() string {
	return g.pick(`"a"`, `"ab"`, `"*"`, `"a*"`, `"?b*"`, "1", "0", "1.5", "true", "false", "null", "~true", "~false", "~null", "~*", "~x", `"q\"q"`, "a", "", `"é€"`)
}

func (g *grammar) operator() string {
	return g.pick("==", "=", "!=", "<", "<=", ">", ">=", "%", "!%", "!", "")
}

func (g *grammar) query(depth int) string {
	open, end := "(", ")"
	if g.r.Intn(10) == 0 {
		open, end = "[", "]"
	}
	left := g.pick("", "", "a", "b", "name", "ab", "0", "a.b", "#")
	if depth > 0 && g.r.Intn(5) == 0 {
		left = g.query(depth - 1)
	}
	q := "#" + open + left + g.operator() + g.operand() + end
	if g.r.Intn(2) == 0 {
		q += "#"
	}
	return q
}

func (g *grammar) modifier() string {
	return g.pick("@reverse", "@ugly", "@pretty", "@this", "@valid", "@flatten", "@join", "@keys", "@values", "@tostr", "@fromstr", "@group",
		"@dig:a", "@dig:name", "@dig:#.a", `@flatten:{"deep":true}`, `@join:{"preserve":true}`, `@pretty:{"sortKeys":true}`,
		`@pretty:{"indent":"\t","width":0}`, `@pretty:{"prefix":" ","width":20,"sortKeys":true}`, "@nosuch", "@this:1", `@tostr:"x|y"`)
}

func (g *grammar) step(depth int) string {
	switch g.r.Intn(14) {
	case 0, 1, 2, 3:
		k := g.pick("a", "b", "c", "ab", "abc", "name", `a\.b`, "é", `x\*`, "kA", `q"q`, "a b", "")
		return k
	case 4, 5:
		return strconv.Itoa(g.r.Intn(4))
	case 6:
		return g.pick("*", "a*", "?", "?b", "*b*", "a?c", "n*e", `*\*`, "??", `a\b*`)
	case 7, 8:
		return "#"
	case 9, 10:
		return g.query(2)
	case 11:
		return g.modifier()
	case 12:
		if depth <= 0 {
			return g.pick("!\"x\"", "!true", "!1", "!{\"a\":1}", "!null", "!nan", "!zzz", "![1,2]")
		}
		return g.multipath(depth - 1)
	default:
		return g.pick("!\"x\"", "!false", "@this", "01", "99999999999999999999", "-1", `\@this`, `\#`)
	}
}

func (g *grammar) multipath(depth int) string {
	object := g.r.Intn(2) == 0
	var parts []string
	for i := 0; i < 1+g.r.Intn(3); i++ {
		p := g.steps(depth, 2)
		if object && g.r.Intn(2) == 0 {
			p = g.pick(`"n"`, "n", `"é"`, `"a\"b"`, "n m", "<") + ":" + p
		}
		parts = append(parts, p)
	}
	s := strings.Join(parts, ",")
	if object {
		return "{" + s + "}"
	}
	return "[" + s + "]"
}

func (g *grammar) steps(depth, most int) string {
	var b strings.Builder
	for i, n := 0, 1+g.r.Intn(most); i < n; i++ {
		if i > 0 {
			b.WriteString(g.pick(".", ".", ".", "|"))
		}
		b.WriteString(g.step(depth))
	}
	return b.String()
}

func (g *grammar) path() string {
	p := g.steps(2, 4)
	switch g.r.Intn(20) {
	case 0:
		p = ".." + p
	case 1:
		i := g.r.Intn(len(p) + 1)
		p = p[:i] + g.pick("|", ".", "#", "(", ")", "\\", "\"", "@", "!", ":", "{", "}", "..") + p[i:]
	case 2:
		if len(p) > 1 {
			i := g.r.Intn(len(p))
			p = p[:i] + p[i+1:]
		}
	}
	return p
}
