using GtiNotebooks.Models;
using GtiNotebooks.Tests.Text;
using GtiNotebooks.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

public class LanguageModelEncoderTests
{
    private const string EndTemplate = """{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A"}},{"SpecialToken":{"id":"<y>"}}]}""";
    private const string BeginTemplate = """{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<x>"}},{"Sequence":{"id":"A"}}]}""";
    private static readonly string[] Texts = ["low", "a longer text, with low and slow", "", "é and 語", "low", "some words"];

    [Theory]
    [InlineData("tiny_qwen3", TextPooling.MeanOfTokens, "null")]
    [InlineData("tiny_qwen3", TextPooling.LastToken, "null")]
    [InlineData("tiny_qwen3", TextPooling.LastToken, EndTemplate)]
    [InlineData("tiny_qwen3", TextPooling.MeanOfTokens, EndTemplate)]
    [InlineData("tiny_llama", TextPooling.MeanOfTokens, BeginTemplate)]
    [InlineData("tiny_llama", TextPooling.LastToken, BeginTemplate)]
    [InlineData("tiny_qwen2", TextPooling.MeanOfTokens, "null")]
    public void EachTextHasTheStatesThatItHasAlone(string variant, TextPooling pooling, string template)
    {
        using var scope = NewDisposeScope();
        using var pretrained = Tiny(variant, template);

        var vectors = new LanguageModelEncoder(pretrained, new LanguageModelEncoderOptions(pooling)).Encode(Texts);

        Assert.Equal((ScalarType.Float32, DeviceType.CPU), (vectors.dtype, vectors.device_type));
        Assert.Equal([Texts.Length, pretrained.Model.Config.HiddenSize], vectors.shape);
        for (var text = 0; text < Texts.Length; text++)
            AssertClose(Alone(pretrained, pretrained.Tokenizer.Encode(Texts[text]), pooling), vectors[text].data<float>().ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void BatchesChangeNothing(int tokensAtOnce)
    {
        using var scope = NewDisposeScope();
        using var pretrained = Tiny("tiny_qwen3", EndTemplate);
        var together = new LanguageModelEncoder(pretrained, new LanguageModelEncoderOptions(TextPooling.LastToken)).Encode(Texts);

        var apart = new LanguageModelEncoder(pretrained, new LanguageModelEncoderOptions(TextPooling.LastToken, TokensAtOnce: tokensAtOnce)).Encode(Texts);

        AssertClose(together.data<float>().Select(v => (double)v).ToArray(), apart.data<float>().ToArray());
    }

    [Fact]
    public void EqualTextsHaveEqualVectorsToTheLastBit()
    {
        using var scope = NewDisposeScope();
        using var pretrained = Tiny("tiny_qwen3", "null");
        var seen = new List<EncodingProgress>();

        // Twice "low", which could stand in batches of other lengths; and two texts that differ behind the cut only.
        var vectors = new LanguageModelEncoder(pretrained, new LanguageModelEncoderOptions(TextPooling.MeanOfTokens, MaximumTokens: 8, TokensAtOnce: 9))
            .Encode(["low", "slower", "low", "12345678 a", "12345678 b"], new Listener(seen.Add));

        Assert.Equal(3, seen[^1].Texts); // equal ones run once: a matter of construction, not of rounding's luck
        Assert.Equal(vectors[0].data<float>().ToArray(), vectors[2].data<float>().ToArray());
        Assert.Equal(vectors[3].data<float>().ToArray(), vectors[4].data<float>().ToArray());
        Assert.NotEqual(vectors[0].data<float>().ToArray(), vectors[1].data<float>().ToArray());
    }

    [Fact]
    public void ALongTextIsCutBeforeItsEndToken()
    {
        using var scope = NewDisposeScope();
        using var pretrained = Tiny("tiny_qwen3", EndTemplate);
        var text = string.Concat(Enumerable.Repeat("abcdefgh", 40));
        var ids = pretrained.Tokenizer.Encode(text);

        // At most 10 tokens: 9 of the text and the end. Else as many as the model has positions: 99 and the end.
        var ten = new LanguageModelEncoder(pretrained, new LanguageModelEncoderOptions(TextPooling.LastToken, MaximumTokens: 10)).Encode([text]);
        var all = new LanguageModelEncoder(pretrained, new LanguageModelEncoderOptions(TextPooling.LastToken)).Encode([text]);

        AssertClose(Alone(pretrained, ids[..9], TextPooling.LastToken), ten[0].data<float>().ToArray());
        AssertClose(Alone(pretrained, ids[..99], TextPooling.LastToken), all[0].data<float>().ToArray());
    }

    [Fact]
    public void ProgressCountsDifferentTextsAndTimeIsLeftUntilTheEnd()
    {
        using var pretrained = Tiny("tiny_qwen3", "null");
        var seen = new List<EncodingProgress>();

        new LanguageModelEncoder(pretrained, new LanguageModelEncoderOptions(TextPooling.MeanOfTokens, TokensAtOnce: 1))
            .Encode(Texts, new Listener(seen.Add)).Dispose();

        Assert.Equal([2, 3, 4, 5], seen.Select(p => p.Encoded)); // the empty text needs no work; "low" is there twice
        Assert.All(seen, p => Assert.Equal(5, p.Texts));
        Assert.Equal(TimeSpan.Zero, seen[^1].Remaining);
        Assert.True(seen[0].Remaining > TimeSpan.Zero);
    }

    [Fact]
    public void ItStopsWhenAskedTo()
    {
        using var pretrained = Tiny("tiny_qwen3", "null");
        using var source = new CancellationTokenSource();
        var batches = 0;
        var encoder = new LanguageModelEncoder(pretrained, new LanguageModelEncoderOptions(TextPooling.MeanOfTokens, TokensAtOnce: 1));

        Assert.Throws<OperationCanceledException>(() => encoder.Encode(Texts, new Listener(_ => { batches++; source.Cancel(); }), source.Token));

        Assert.Equal(1, batches);
        Assert.Throws<OperationCanceledException>(() => encoder.Encode(Texts, cancellation: source.Token));
    }

    [Fact]
    public void ItLeavesNoTensorBehindButTheVectors()
    {
        using var pretrained = Tiny("tiny_qwen3", "null");
        using var scope = NewDisposeScope();
        var encoder = new LanguageModelEncoder(pretrained, new LanguageModelEncoderOptions(TextPooling.MeanOfTokens, TokensAtOnce: 1));

        var vectors = encoder.Encode(Texts);

        Assert.Equal(1, scope.DisposablesCount);
        Assert.False(vectors.requires_grad);
    }

    [Fact]
    public void TheFingerprintTellsModelsAndSettingsApart()
    {
        using var pretrained = Tiny("tiny_qwen3", EndTemplate);
        using var same = Tiny("tiny_qwen3", EndTemplate);
        using var otherTemplate = Tiny("tiny_qwen3", "null");
        var options = new LanguageModelEncoderOptions(TextPooling.LastToken);
        var fingerprint = new LanguageModelEncoder(pretrained, options).Fingerprint();

        Assert.Equal(fingerprint, new LanguageModelEncoder(same, options).Fingerprint());
        Assert.Equal(fingerprint, new LanguageModelEncoder(pretrained, options with { TokensAtOnce = 3, MaximumTokens = 100 }).Fingerprint());
        using (no_grad())
            same.Model.Embedding.Text[0, 0].add_(1e-9);
        string[] others =
        [
            new LanguageModelEncoder(same, options).Fingerprint(),
            new LanguageModelEncoder(otherTemplate, options).Fingerprint(),
            new LanguageModelEncoder(pretrained, options with { Pooling = TextPooling.MeanOfTokens }).Fingerprint(),
            new LanguageModelEncoder(pretrained, options with { MaximumTokens = 99 }).Fingerprint(),
        ];
        Assert.DoesNotContain(fingerprint, others);
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    [Fact]
    public void WhatCannotBeEncodedIsAnError()
    {
        using var pretrained = Tiny("tiny_qwen3", BeginTemplate);
        var options = new LanguageModelEncoderOptions(TextPooling.LastToken);
        var encoder = new LanguageModelEncoder(pretrained, options);

        Assert.Throws<ArgumentException>(() => encoder.Encode([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LanguageModelEncoder(pretrained, options with { TokensAtOnce = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LanguageModelEncoder(pretrained, options with { Pooling = (TextPooling)7 }));
        Assert.Contains("2 begin and end tokens", Assert.Throws<ArgumentOutOfRangeException>(
            () => new LanguageModelEncoder(pretrained, options with { MaximumTokens = 2 })).Message);
        using (no_grad())
            pretrained.Model.Embedding.Text[(long)pretrained.Tokenizer.IdOf("low")].fill_(double.NaN);
        Assert.Contains("text 1 ", Assert.Throws<InvalidOperationException>(() => encoder.Encode(["a", "low"])).Message);
    }

    private static PretrainedModel Tiny(string variant, string template)
    {
        var tokenizer = SequenceTemplateTests.With(template);
        var model = new CausalLM(
            TinyModels.Config(variant) with { VocabularySize = tokenizer.VocabularySize + 3, EndOfTextId = 5, MaxPositions = 100 }, ScalarType.Float64);
        TinyModels.FillByFormula(model);
        return new PretrainedModel(model, tokenizer);
    }

    /// <summary>The definition, one text without padding: mean of the states of the text's own tokens, or the state of the end token.</summary>
    private static double[] Alone(PretrainedModel pretrained, int[] text, TextPooling pooling)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        if (text.Length == 0)
            return new double[pretrained.Model.Config.HiddenSize];
        var template = SequenceTemplate.Of(pretrained.Tokenizer);
        long[] begin = [.. template.Before.Select(id => (long)id)];
        long[] end = [.. template.After.DefaultIfEmpty(pretrained.Model.Config.EndOfTextId).Select(id => (long)id)];
        long[] ids = [.. begin, .. text.Select(id => (long)id), .. end];
        var states = pretrained.Model.call(tensor(ids, [1, ids.Length]))[0];
        var pooled = pooling == TextPooling.LastToken ? states[ids.Length - 1] : states.narrow(0, begin.Length, text.Length).mean(new long[] { 0 });
        var values = pooled.data<double>().ToArray();
        var length = Math.Sqrt(values.Sum(v => v * v));
        return Array.ConvertAll(values, v => v / length);
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 2e-6);
    }

    /// <summary>Reports at once and on this thread, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class Listener(Action<EncodingProgress> heard) : IProgress<EncodingProgress>
    {
        public void Report(EncodingProgress value) => heard(value);
    }
}
