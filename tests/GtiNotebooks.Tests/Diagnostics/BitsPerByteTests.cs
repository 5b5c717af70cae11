using System.Text;
using GtiNotebooks.Diagnostics;
using GtiNotebooks.Models;
using GtiNotebooks.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Diagnostics;

public class BitsPerByteTests
{
    private static readonly string[] Texts = ["some words", "", "to learn, and then some more words to learn", "é and 語"];

    [Fact]
    public void AModelOfZerosPaysLog2OfItsVocabularyForEveryToken()
    {
        using var pretrained = Tiny("tiny_qwen3");
        Zero(pretrained.Model);
        var (tokens, bytes) = (Texts.Sum(text => pretrained.Tokenizer.Encode(text).Length), Texts.Sum(Encoding.UTF8.GetByteCount));
        var expected = tokens * Math.Log2(pretrained.Model.Config.VocabularySize) / bytes;

        Assert.Equal(expected, BitsPerByte.Of(pretrained, Texts), 1e-6);
        Assert.Equal(expected, BitsPerByte.Of(pretrained, Texts, window: 2, batchSize: 1), 1e-6);
    }

    [Theory]
    [InlineData("tiny_qwen3", 64)]
    [InlineData("tiny_llama", 64)]
    [InlineData("tiny_qwen3", 7)]
    [InlineData("tiny_qwen2", 2)]
    public void EveryTokenIsPredictedOnceFromWhatItsWindowSees(string variant, int window)
    {
        using var pretrained = Tiny(variant);
        var expected = Texts.Sum(text => BitsTokenByToken(pretrained, text, window)) / Texts.Sum(Encoding.UTF8.GetByteCount);

        Assert.Equal(expected, BitsPerByte.Of(pretrained, Texts, window, batchSize: 3), 1e-9);
    }

    [Fact]
    public void TextsAddUp()
    {
        using var pretrained = Tiny("tiny_qwen3");
        var apart = Texts.Where(text => text.Length > 0)
            .Sum(text => BitsPerByte.Of(pretrained, [text]) * Encoding.UTF8.GetByteCount(text));

        Assert.Equal(apart, BitsPerByte.Of(pretrained, Texts) * Texts.Sum(Encoding.UTF8.GetByteCount), 1e-9);
    }

    [Fact]
    public void WhatCannotBeMeasuredIsAnError()
    {
        using var pretrained = Tiny("tiny_qwen3");

        Assert.Contains("not one byte", Assert.Throws<ArgumentException>(() => BitsPerByte.Of(pretrained, ["", ""])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => BitsPerByte.Of(pretrained, Texts, window: 1));
        Assert.Contains("2 to 101", Assert.Throws<ArgumentOutOfRangeException>(() => BitsPerByte.Of(pretrained, Texts, window: 102)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => BitsPerByte.Of(pretrained, Texts, batchSize: 0));
        Assert.Throws<OperationCanceledException>(() => BitsPerByte.Of(pretrained, Texts, cancellation: new CancellationToken(true)));
        using (no_grad())
            pretrained.Model.Embedding.Text.fill_(double.NaN);
        Assert.Contains("NaN", Assert.Throws<InvalidOperationException>(() => BitsPerByte.Of(pretrained, Texts)).Message);
    }

    private static PretrainedModel Tiny(string variant)
    {
        var model = new CausalLM(TinyFolder.ConfigOf(variant) with { MaxPositions = 100 }, ScalarType.Float64);
        TinyModels.FillByFormula(model);
        return new PretrainedModel(model, TinyFolder.Tokenizer);
    }

    private static void Zero(CausalLM model)
    {
        using var frozen = no_grad();
        foreach (var parameter in model.parameters())
            parameter.zero_();
    }

    /// <summary>One forward pass a token: after the end-of-text token, at most <paramref name="window"/> - 1 tokens are seen.</summary>
    private static double BitsTokenByToken(PretrainedModel pretrained, string text, int window)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (model, tokenizer) = pretrained;
        long[] ids = [model.Config.EndOfTextId, .. tokenizer.Encode(text).Select(id => (long)id)];
        var bits = 0.0;
        for (var t = 1; t < ids.Length; t++)
        {
            var seen = ids[((t - 1) / (window - 1) * (window - 1))..t];
            var logits = model.Logits(model.call(tensor(seen, [1, seen.Length]))[0].narrow(0, seen.Length - 1, 1))[0].data<double>().ToArray();
            bits += (Math.Log(logits.Sum(Math.Exp)) - logits[ids[t]]) / Math.Log(2);
        }

        return bits;
    }
}
