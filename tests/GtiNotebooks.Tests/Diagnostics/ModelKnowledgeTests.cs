using System.Text.Json;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Tests.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public class ModelKnowledgeTests
{
    private static readonly AreaUnderCurve Half = new(0.5, 0.45, 0.55);

    private static readonly WordSimilarity Similarity = new(
        3116, 0.474,
        new RelationSimilarity(2292, new(Half, new(0.61449, 0.6, 0.63)), new(new(0.8, 0.79, 0.81), Half)),
        Siblings: null);

    [Fact]
    public void TheCardHasARowForEachMeasure() => Assert.Equal(
        "| related pairs | cosine of rows | AUC against random pairs | AUC against the same words, re-paired |\n"
        + "|---|---|---|---|\n"
        + "| 2,292 synonyms | raw | 0.500 [0.450, 0.550] | 0.614 [0.600, 0.630] |\n"
        + "|  | centred | 0.800 [0.790, 0.810] | 0.500 [0.450, 0.550] |\n"
        + "| no siblings among the words | – | – | – |\n"
        + "\n"
        + "3,116 words of four letters or more that are one token; mean raw cosine of two of them 0.47. Synonyms share a WordNet synset, siblings a direct "
        + "hypernym. [95 % interval over words, 300 resamples].\n", KnowledgeTables.Words(Similarity));

    [Fact]
    public void WhatAModelWroteCannotBreakTheTable() => Assert.Equal(
        "| prompt | completion |\n|---|---|\n"
        + "| hammer: | a tool; \"I \\`hit\\` \\| &lt;b> \\*it\" next line |\n"
        + "| ship: |  |\n"
        + "\nGreedy, to the end of the text or 24 tokens. The words were fixed beforehand.\n",
        KnowledgeTables.Definitions([new("hammer", "a tool; \"I `hit` | <b> *it\"\nnext line"), new("ship", "")]));

    [Fact]
    public void WarmUpHasARowForEachCatalogue() => Assert.Equal(
        "| catalogue | held-out texts | steps | bits per byte before | after |\n|---|---|---|---|---|\n"
        + "| Industrial | 369 of 3,686 | 1,500 | 2.346 | 1.500 |\n",
        KnowledgeTables.Warmup([("Industrial", new DomainWarmupEffect(3686, 369, 1500, 2.3456, 1.5))]));

    [Fact]
    public void TheRecordIsTheSameReadBackFromJson()
    {
        using var wordNet = new WordNetFolder(WordNetFolder.Synset(["boat", "ship"]), WordNetFolder.Synset(["lake", "pond"]));
        using var pretrained = WordSimilarityTests.Model([1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 0, 0], [0, -1, 0, 0], [0, 0, 1, 0], [0, 0, -1, 0], [0, 0, 0, 1], [0, 0, 0, 1]);

        var knowledge = ModelKnowledge.Measure(pretrained, wordNet.Path);
        var json = JsonSerializer.Serialize(knowledge, JsonSerializerOptions.Web);
        var read = JsonSerializer.Deserialize<ModelKnowledge>(json, JsonSerializerOptions.Web)!;

        Assert.Equal(knowledge.Words, read.Words);
        Assert.Equal(knowledge.Definitions, read.Definitions);
        Assert.Equal(2, read.Words.Synonyms!.Pairs);
        Assert.Null(read.Words.Siblings);
        Assert.Equal(DefinitionCompletion.Words, read.Definitions.Select(definition => definition.Word));
    }

    [Fact]
    public void DefinitionsAreTheMostProbableTokensUpToTheEndOfTheText()
    {
        using var model = new CausalLM(TinyFolder.ConfigOf("tiny_qwen3"), ScalarType.Float64);
        TinyModels.FillByFormula(model);
        var pretrained = new PretrainedModel(model, TinyFolder.Tokenizer);

        var definitions = DefinitionCompletion.OfTen(pretrained);

        Assert.Equal(10, DefinitionCompletion.Words.Distinct().Count());
        Assert.Equal(DefinitionCompletion.Words.Select(word => new DefinitionCompletion(word, Greedy(pretrained, word + ":").Trim())), definitions);
    }

    // Without cache, one whole forward pass a token.
    private static string Greedy(PretrainedModel pretrained, string prompt)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (model, tokenizer) = pretrained;
        var ids = tokenizer.Encode(prompt).Select(id => (long)id).ToList();
        var start = ids.Count;
        while (ids.Count - start < 24)
        {
            var logits = model.Logits(model.call(tensor(ids.ToArray(), [1, ids.Count]))[0].narrow(0, ids.Count - 1, 1))[0].data<double>().ToArray();
            var best = Enumerable.Range(0, tokenizer.VocabularySize).MaxBy(id => logits[id]); // spare rows stand for no token
            if (best == model.Config.EndOfTextId)
                break;
            ids.Add(best);
        }

        return tokenizer.Decode(ids.Skip(start).Select(id => (int)id));
    }
}
