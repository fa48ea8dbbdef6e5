package main

import "strings"

// The documents of the GJSON documentation, and some of ours.
const people = `{
  "name": {"first": "Tom", "last": "Anderson"},
  "age":37,
  "children": ["Sara","Alex","Jack"],
  "fav.movie": "Deer Hunter",
  "friends": [
    {"first": "Dale", "last": "Murphy", "age": 44, "nets": ["ig", "fb", "tw"]},
    {"first": "Roger", "last": "Craig", "age": 68, "nets": ["fb", "tw"]},
    {"first": "Jane", "last": "Murphy", "age": 47, "nets": ["ig", "tw"]}
  ]
}`

const tilde = `{"vals": [
    { "a": 1, "b": "data" }, { "a": 2, "b": true }, { "a": 3, "b": false }, { "a": 4, "b": "0" },
    { "a": 5, "b": 0 }, { "a": 6, "b": "1" }, { "a": 7, "b": 1 }, { "a": 8, "b": "true" },
    { "a": 9, "b": false }, { "a": 10, "b": null }, { "a": 11 } ]}`

const numbersDoc = `{"i":42,"neg":-7,"f":1.50,"e":1e3,"big":12345678901234567890123,"small":1e-7,"huge":1e400,"z":-0,"z2":0.0,"lead":007,"plus":+5,"t":true,"n":null,"s":"12.0","E":1E5,"tiny":1e-400,"long":0.1000000000000000055511151231257827}`

const stringsDoc = `{"plain":"x","esc":"a\"b\\c\/d\b\f\n\r\t","uni":"\u00e9\u20ac","pair":"\ud83d\ude00","lone":"\ud83d!","lone2":"\udc00","bad":"\uZZZZ","short":"\u12","wrong":"a\qb","raw":"é€😀","nul":"\u0000x","html":"<&>","sep":"\u2028","":"empty key","a.b":{"c.d":1},"*":"star","k*y":"glob","k\\y":"slash","\u0041":"escaped key","@this":"at","#":"hash","!x":"bang","a|b":"pipe"}`

const lineDoc = `{"name":"Gilbert","age":61}
{"name":"Alexa","age":34}
{"name":"May","age":57}
{"name":"Deloise","age":44}`

const nested = `{"a":{"a":{"a":[1,[2,[3,{"a":4}]]],"b":[{"c":[{"d":1},{"d":2}]},{"c":[{"d":3}]},{"c":[]},{}]}},"dup":1,"dup":2,"dup2":{"x":1},"dup2":{"y":2},"mixed":[1,"two",null,true,false,{"k":"v"},[9],2.5e1]}`

func each(doc string, paths ...string) [][2]string {
	var out [][2]string
	for _, p := range paths {
		out = append(out, [2]string{doc, p})
	}
	return out
}

func chosen() [][2]string {
	var out [][2]string
	add := func(doc string, paths ...string) { out = append(out, each(doc, paths...)...) }
	add(people, "name.last", "name.first", "name", "age", "children", "children.0", "children.1", "children.3", "children.-1", "friends.1", "friends.1.first",
		"child*.2", "c?ildren.0", "c*", "*.first", "?ge", "????", "*", "*e", "fav\\.movie", "fav.movie", "fav\\.*", "friends.#", "friends.#.age", "friends.#.nope",
		"friends.#.nets", "friends.#.nets.#", "friends.#.nets.0", "friends.#.nets.#.x", "friends.#.nets|#", "friends.#.nets|0", "children.#", "children|#", "children.#.0", "name.#",
		`friends.#(last=="Murphy").first`, `friends.#(last=="Murphy")#.first`, "friends.#(age>45)#.last", `friends.#(first%"D*").last`, `friends.#(first!%"D*").last`,
		`children.#(!%"*a*")`, `children.#(%"*a*")#`, `friends.#(nets.#(=="fb"))#.first`, "friends.0.first", "friends|0.first", "friends.0|first", "friends|0|first", "friends|#",
		`friends.#(last="Murphy")#`, `friends.#(last="Murphy")#.first`, `friends.#(last="Murphy")#|first`, `friends.#(last="Murphy")#.0`, `friends.#(last="Murphy")#|0`,
		`friends.#(last="Murphy")#.#`, `friends.#(last="Murphy")#|#`, "children.@reverse", "children.@reverse.0", "children|@reverse|0", "@reverse", "@ugly", "@pretty", "@this", "@valid",
		`@pretty:{"sortKeys":true}`, `@pretty:{"indent":"    "}`, `@pretty:{"indent":"\t","prefix":"  "}`, `@pretty:{"width":20}`, `@pretty:{"width":0}`, `@pretty:{"width":-1}`, `@pretty:{"width":"30","sortKeys":"true"}`,
		`{name.first,age,"the_murphys":friends.#(last="Murphy")#.first}`, `[name.first,age,children.0]`, `{name.first,age,"company":!"Happysoft","employed":!true}`,
		`friends.#.{first,age}`, `friends.#.[first,age]`, `friends.#(age>45)#.{last,"n":nets.#}`, `{name.first,friends.#.first}.friends`, `{"a":name.first,b:age}|a`, `[name,age].0.first`, `[name,age]|#`,
		`{friends.#(last="Murphy")#|#}`, `{friends.#|@this}`, `{nope,age}`, `{"x":nope}`, `[]`, `{}`, `[nope]`, `{age,age}`, `{name.first,name.last}`, `{"\u0061":age}`, `{"bad\x":age}`, `{a<b:age}`,
		"children.@join", "children.@flatten", "name.@keys", "name.@values", "children.@keys", "children.@values", "age.@keys", "age.@values", "name.@tostr", "name.@tostr.@fromstr", "name.@tostr.@fromstr.first",
		"age.@tostr", "age.@fromstr", "nope.@keys", "nope|@keys", "nope|@values", "nope.@this", "nope|@tostr", "nope|@valid", "@dig:first", "@dig:#.first", "@dig:nets.0", `friends.@dig:last`, "@dig:nope", "@keys", "@values", "@keys.#", "@values.#", "@group",
		"friends.@group", "friends.0.@group", "@keys|0", "@this.age", "@this|age", "@this.@this.age", "friends.#.first.@reverse", "friends.#.first|@reverse", "friends.#.first|0", "friends.#.first.0",
		"friends.#(first)", "friends.#(nope)", "friends.#(first)#", "friends.#(nope)#", "friends.#()#", "friends.#()", "friends.#(", "friends.#(first", "friends.#(first==", "friends.#(age==44).first", "friends.#(age=44).first",
		"friends.#(age!=44)#.age", "friends.#(age<47)#.age", "friends.#(age<=47)#.age", "friends.#(age>=47)#.age", `friends.#(age=="44")#.age`, "friends.#(first==Dale).age", `friends.#(first<"J")#.first`, `friends.#(first<="Jane")#.first`, `friends.#(first>"Jane")#.first`, `friends.#(first>="Jane")#.first`, `friends.#(first!="Jane")#.first`,
		"friends.#[age>45].first", "friends.#[age>45]#.first", `friends.#(nets.#(=="ig")).first`, `friends.#(nets.#>2)#.first`, `friends.#(nets.0=="ig")#.first`, `friends.#(nets.#(%"f*")#|#>0)#.first`, ` name`, "name.", ".name", "", ".", "..", "...", "|", "name|", "|name", "#", "#.a", "@", "!", "\\", "name\\", "name.\\", "nam\\e", "name..first", "friends.#.", "friends.#..", "friends.##", "friends.#a", "friends.#(first)#|@reverse.0.first",
		"!true", "!false", "!null", "!nan", "!inf", "!TRUE", "!1", "!-1.5", `!"x"`, `!"x".y`, `!"x"|@this`, `!{"a":1}.a`, `!{"a":1}|a`, `![1,2].1`, `![1,2]|#`, "!x", "!true.a", "!true|@this", "!12.a", "!12|a", "age.!5", "age|!5", "name.!\"q\"",
		"@nosuch", "name.@nosuch", "name.@this", "name.@this.first", "@this:", "@this:x", "@this:x|age", "@this:x.age", `@this:{"a":1}.age`, `@this:"x|y"|age`, `@this:(a|b)|age`, `@pretty:|age`, "friends.@this.#", "friends.@this|#.age", "children.@tostr", "children.@ugly", "friends.0.@pretty", "friends.@pretty:{\"sortKeys\":true,\"width\":40}")
	add(tilde, "vals.#(b==~true)#.a", "vals.#(b==~false)#.a", "vals.#(b==~null)#.a", "vals.#(b==~*)#.a", "vals.#(b!=~*)#.a", "vals.#(b!=~true)#.a", "vals.#(b!=~false)#.a", "vals.#(b!=~null)#.a", "vals.#(b>~true)#.a", "vals.#(b>=~true)#.a", "vals.#(b<~true)#.a", "vals.#(b<=~true)#.a",
		"vals.#(b==~x)#.a", "vals.#(b==~)#.a", "vals.#(b=~true)#.a", "vals.#(b%~true)#.a", "vals.#(b==true)#.a", "vals.#(b!=true)#.a", "vals.#(b>false)#.a", "vals.#(b>=false)#.a", "vals.#(b<true)#.a", "vals.#(b<=false)#.a", "vals.#(b==null)#.a", `vals.#(b=="true")#.a`, `vals.#(b=="~true")#.a`, "vals.#(a==~true)#.a", "vals.#(==~true)#", "vals.#(a%1)#")
	for _, k := range []string{"i", "neg", "f", "e", "big", "small", "huge", "z", "z2", "lead", "plus", "t", "n", "s", "E", "tiny", "long"} {
		add(numbersDoc, k, "@this."+k, "["+k+"]", k+".@tostr", k+".@this", k+".x", k+".0")
	}
	for _, k := range []string{"plain", "esc", "uni", "pair", "lone", "lone2", "bad", "short", "wrong", "raw", "nul", "html", "sep", "", "a\\.b", "a\\.b.c\\.d", "\\*", "k\\*y", "k\\\\y", "k*y", "k?y", "k\\?y", "A", "\\@this", "@this", "#", "\\#", "!x", "\\!x", "a\\|b", "a|b", "*y", "*\\\\y", "*\\y", "\\k\\*?", "*\\", "?\\", "*l\\"} {
		add(stringsDoc, k)
	}
	add(stringsDoc, "html.@tostr", "esc.@tostr", "raw.@tostr", "sep.@tostr", "uni.@fromstr", "{html,raw}", "{\"<\":html}", "{<:html}", "@keys", "@tostr", "@ugly", "@valid", "??????", "r?w", "{uni,pair,\"é\":raw}", "{é:raw}")
	add(lineDoc, "..#", "..1", "..3", "..4", "..#.name", `..#(name="May").age`, "..#(age>45)#.name", "..0.name", "..", "..name", "..#.age|@reverse", "..#.age|0", "..@this", "name", "#", "..#|@this", "...0", "..#(age>45)#|#")
	add(`[1,2]  "x" {"a":1} true nan`, "..#", "..0", "..1", "..2.a", "..3", "..4", "..5", "..0.1", "..#.a")
	add(nested, "a.a.a", "a.a.a.1.1.1.a", "a.a.b.#.c", "a.a.b.#.c.#.d", "a.a.b.#.c.#.d|@flatten", "a.a.b.#.c.#.d|@flatten.#", "a.a.b.#.c.#", "a.a.b.#.c.0.d", "a.a.b.#(c.#>1).c", "a.a.b.#(c.#(d==3))#.c", "a.a.b.#(c.#(d==3)#).c", "a.a.b.#(c.#(d>1)#)#.c.#.d", "a.a.b.#.c.#(d>1)#.d", "a.a.b.#.c.#(d>1).d",
		"a.a.a.@flatten", `a.a.a.@flatten:{"deep":true}`, `a.a.a.@flatten:{"deep":false}`, "@dig:a", "@dig:d", "@dig:c.#.d", "a.@dig:a", "dup", "dup2.x", "dup2.y", "dup2.z", "dup2", "mixed.#", "mixed.@reverse", "mixed.@flatten", "mixed.@join", "mixed.#.k", "mixed.#(k)", "mixed.#(==1)", "mixed.#(==\"two\")", "mixed.#(==null)", "mixed.#(==true)", "mixed.#(==false)#", "mixed.#(>1)#", "mixed.#(!=1)#", "mixed.2", "mixed.7", "mixed.5.k", "mixed.6.0", "mixed.6", "mixed.-0", "mixed.00", "mixed.01", "mixed.18446744073709551615", "mixed.18446744073709551616", "mixed.4294967296", "mixed.#.@this", "mixed.#.@tostr", "mixed.#.!1", "mixed.#.{k}", "mixed.#.[k]", "mixed.{0,5.k}", "mixed.[0,5.k]", "mixed.@pretty", "@pretty", `@pretty:{"sortKeys":true}`, "@ugly")
	add(`[{"first":"Tom","age":37},{"age":41},{"last":"S","first":"J"},5]`, "@join", `@join:{"preserve":true}`, `@join:{"preserve":false}`, `@join:{"preserve":1}`, "@join.first", "@group", "#.age", "#(age).age", "#(age)#.age", "@reverse.0", "@flatten", "@keys", "@values", "@join.@keys", "@dig:age")
	add(`{"id":["123","456","789"],"val":[2,1],"x":5}`, "@group", "@group.#", "@group.0.id", "@group.#.val", "@group.@join")
	add(`"{\"id\":1023,\"name\":\"alert\"}"`, "@fromstr", "@fromstr.id", "@this", "@tostr", "id", "@valid", "@keys", "@values", "@reverse", "@flatten", "@ugly", "@pretty", "#", "0")
	add(`{"id":1023,"name":"alert"}`, "@tostr", "@tostr.@fromstr", "@tostr.@fromstr.name", "@tostr|@tostr")
	for _, scalar := range []string{"1", " -1.50 ", "true", "false", "null", `"x"`, "nan", "inf", "+1", "x", "", " ", "n", "\"open", `"open\"`, `"a\`, "tru e", "{", "[", "{]", "[}", "(1)"} {
		add(scalar, "@this", "@valid", "@tostr", "@fromstr", "@keys", "@values", "a", "0", "#", "..0", "..#", "@reverse", "@pretty", "@ugly", "[@this]", "{@this}", "@this.@this", "@dig:a", "@flatten", "@join", "@group")
	}
	sloppy := []string{`{"a":1,"b":}`, `{"a" 1 "b" 2}`, `{a:1,"b":2}`, `{"a":1,,"b":2,}`, `{"b":tru,"a":fals}`, `{"a":[1,2,"b":3}`, `{"a":{"c":1,"b":2`, `{"a":"open`, `{"a":"x\","b":2}`, `{"open`, `{"op\"`, `[1,2`, `[1,2,`, `["a","b`, `[[1,2],[3`, `[{"a":1},{"a":2`, `[{"a":1},]`, `{"x":[{"a":1},],"a":{"a":2}}`, `[,1,,2]`, `[1 2 3]`, `["a""b"]`, `[1"b"2]`, `{"a":1"b":2}`, `{"a":"1""b":2}`, `[true false null]`, `[nan,inf,-inf,NaN,Inf]`, `{"a":nan,"b":inf}`, `[1,2]]`, `x{"a":1}`, `"s"{"a":1}`, `{"a":1}{"b":2}`, `{"a":'b'}`, `{"a":(1,2),"b":3}`, `[(1),2]`, `{"a":[1,2),"b":3}`, "{\"a\":\"x\ny\",\"b\":1}", "{\"a\\\n\":\"x\\u0041\ny\",\"b\":1}", `[1,{"a":"x]`, `[{"a":"x`, `{"a":[{"b":"x`, `{"a":-,"b":+}`, `{"a":01.2.3,"b":1-1}`, `{ "a" : { } , "b" : [ ] }`, `[ ]`, `[ 1 ]`, `{"a":[],"b":{}}`, `[[],[],{}]`}
	for _, doc := range sloppy {
		add(doc, "a", "b", "0", "1", "2", "#", "#.a", "a.b", "a.#", "a.0", "#(a)", "#(>1)#", "@keys", "@values", "@reverse", "@ugly", "@pretty", "@valid", "@flatten", "@join", "@this.b", "*", "0.a", "1.a", "a.0.b", `@pretty:{"sortKeys":true}`)
	}
	add(`{"users":{"user1":{"p":[1]},"user2":{"p":[2]}},"é":{"ü":"ö"},"日本":"x","a\u00e9":1}`, "users.*.p", "users.user?.p.0", "users.*2.p", "é.ü", "?.?", "日?", "??", "日*", "*本", "aé", "a?", "*é", "a*")
	add(`{"k":["abc","a*c","a?c","a\\c","","*","aXbXc","é"]}`, `k.#(%"a*c")#`, `k.#(%"a\*c")#`, `k.#(%"a\\*c")#`, `k.#(%"a?c")#`, `k.#(%"a\\?c")#`, `k.#(%"*")#`, `k.#(%"")#`, `k.#(%"?")#`, `k.#(%"a*b*c")#`, `k.#(%"*X*")#`, `k.#(%"**c")#`, `k.#(!%"a*")#`, `k.#(%é)#`, `k.#(%*c)#`, `k.#(%"*\\")#`, `k.#(%"*\\\\c")#`, `k.#(%"*?")#`, `k.#(%"?*?")#`, `k.#(=="a\\c")#`, `k.#(="")#`, `k.#(!="")#`, `k.#(=)#`)
	deep := strings.Repeat("[", 60) + "1" + strings.Repeat("]", 60)
	add(deep, "@ugly", "@valid", `@flatten:{"deep":true}`, strings.Repeat("0.", 59)+"0", "#", "@pretty")
	return out
}

func jsonTexts() []string {
	return []string{people, tilde, stringsDoc, nested, numbersDoc, `{}`, `[]`, `null`, ` null `, `true`, `1`, `1.0`, `-0`, `1e5`, `1E+5`, `12345678901234567890`, `01`, `1.`, `.5`, `-`, `+1`, `"x"`, `""`, `"\u00e9\n\/"`, `"<&>"`, "\"\u2028\u2029\"", `"\ud83d"`, `"\ud83d\ude00"`, `"\ude00\ud83dx"`, `"\ud83d\ud83d\ude00"`, `"\x"`, "\"\x01\"", "\"\x7f\"", `"open`, `{"a":1,"a":2}`, `{"b":1,"a":{"d":1,"c":[1, 2 ,{"z":null , "y":true}]}}`, `{"é":1,"z":2,"😀":3,"ﬀ":4}`, `{"<":">","&":" "}`, `{"a":[1,2,],"b":1}`, `{"a":1,}`, `{,}`, `{"a"}`, `{"a":}`, `{"a" : "x" , "b" : 1.50 , "c" : 1e3 , "d" : null , "e" : [ 1 , 2 ] , "f" : { "g" : "h i" } , "g" : false }`, `[1,2`, `[1 2]`, `{"a":1}}`, `{"a":1} x`, ``, ` `, `nul`, `tru`, `nan`, `{"\u0061":1,"a":2}`, `{"a\nb":"c\td"}`, `"a\bb\fc"`, `{"k":"\u003c\u0026"}`, `[[[[]]],{"a":[{}]}]`, "\ufeff{}", `{"a":"\u2028"}`, `{"":0}`, `1 2`, `"a" "b"`, "[1,\v2]", "{\"a\"\t:\r\n1}", `{1:2}`, `{'a':1}`, `[-0.0,0e1,1e-999,-1.5E-3]`, `[--1]`, `[1e]`, `[1.e1]`, `["\u12"]`, `["\uD800\u0041"]`}
}
