using System.Text.Json.Nodes;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

public class SequenceTemplateTests
{
    [Theory]
    [InlineData("null", "", "")]
    [InlineData("""{"type":"ByteLevel","trim_offsets":false}""", "", "")]
    [InlineData("""{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<x>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}]}""", "<x>", "")]
    // As in Qwen3-Embedding's file.
    [InlineData("""{"type":"Sequence","processors":[{"type":"ByteLevel"},{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A"}},{"SpecialToken":{"id":"<y>"}}]}]}""", "", "<y>")]
    // The second template wraps what the first has made.
    [InlineData("""
        {"type":"Sequence","processors":[
          {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<x>"}},{"Sequence":{"id":"A"}},{"SpecialToken":{"id":"<x>"}}]},
          {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<y>"}},{"Sequence":{"id":"A"}},{"SpecialToken":{"id":"<y>"}}]}]}
        """, "<y><x>", "<x><y>")]
    public void TokensAroundATextAreThoseOfThePostProcessor(string json, string before, string after)
    {
        var tokenizer = With(json);
        var template = SequenceTemplate.Of(tokenizer);
        Assert.Equal(before, tokenizer.Decode(template.Before));
        Assert.Equal(after, tokenizer.Decode(template.After));
    }

    [Theory]
    [InlineData("""{"type":"BertProcessing","sep":["<x>",1],"cls":["<y>",2]}""", "post_processor.type is 'BertProcessing'")]
    [InlineData("""{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<x>"}}]}""", "holds the text 0 times")]
    [InlineData("""{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A"}},{"SpecialToken":{"id":"<z>"}}]}""", "adds '<z>', which is no token")]
    [InlineData("""{"type":"TemplateProcessing","single":["$A","<x>"]}""", "expected a Sequence or a SpecialToken")]
    [InlineData("""{"type":"TemplateProcessing"}""", "post_processor.single should be an array")]
    [InlineData("7", "post_processor.type is ''")]
    public void WhatIsNotUnderstoodIsRefused(string json, string named) =>
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => SequenceTemplate.Of(With(json))).Message);

    internal static Tokenizer With(string postProcessor)
    {
        var json = TokenizerJson.Build(["l o", "lo w"], ["<x>", "<y>"]);
        json["post_processor"] = JsonNode.Parse(postProcessor);
        return TokenizerJson.Load(json);
    }
}
