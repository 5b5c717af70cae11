using System.Text;
using System.Text.Json.Nodes;
using GtiNotebooks.Models;
using GtiNotebooks.Tests.Data;
using GtiNotebooks.Tests.Diagnostics;
using GtiNotebooks.Text;
using GtiNotebooks.Vocabulary;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Vocabulary;

public class NewRowsTests
{
    public static TheoryData<string, bool, int> Variants
    {
        get
        {
            var variants = new TheoryData<string, bool, int>();
            foreach (var name in TokenInitialisers.Names)
            {
                foreach (var tied in new[] { true, false })
                {
                    variants.Add(name, tied, 0);
                    variants.Add(name, tied, 2); // new ids inside the spare rows, and beyond
                }
            }

            return variants;
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void EachTableGetsRowsAfterItsOwnWithoutTheSpareOnes(string name, bool tied, int spareRows)
    {
        using var scope = NewDisposeScope();
        using var pretrained = ByteShop.Model(tied, spareRows);
        var model = pretrained.Model;
        var initialiser = TokenInitialisers.Create(name, Inputs());
        var before = model.Embedding.Text.detach().clone();
        using var generator = new Generator(11);
        var input = initialiser.Initialise(before.narrow(0, 0, 257), 4, generator).to(ScalarType.Float32);
        var output = tied ? null : initialiser.Initialise(model.Head!.Text.detach().narrow(0, 0, 257), 4, generator).to(ScalarType.Float32);

        var extension = VocabularyExtension.Apply(pretrained, ByteShop.Ids, initialiser, seed: 11);

        Assert.Equal([257, 258, 259, 260], extension.TokenIds);
        Assert.True(model.Embedding.New.detach().Equals(input));
        Assert.True(model.Embedding.New.detach().abs().max().ToDouble() < 10); // spare rows are 1000
        Assert.True(model.Embedding.Text.detach().Equals(before));
        Assert.Equal(tied, model.Head is null);
        if (tied)
            return;
        Assert.True(model.Head!.New.detach().Equals(output!));
        Assert.False(input.Equals(output!));
    }

    [Fact]
    public void TheModelStaysAsItIsAndTheRowsAreThoseThatItWouldGet()
    {
        using var pretrained = ByteShop.Model(tied: false);
        using var rows = NewRows.Make(pretrained, 4, new RandomInitialiser(), seed: 5);

        Assert.False(pretrained.Model.Embedding.IsExtended);
        var model = VocabularyExtension.Apply(pretrained, ByteShop.Ids, new RandomInitialiser(), seed: 5).Model;
        using var scope = NewDisposeScope();
        Assert.True(model.Embedding.New.detach().Equals(rows.Input));
        Assert.True(model.Head!.New.detach().Equals(rows.Output!));
        Assert.Same(rows.Output, rows.Scoring);
        Assert.Throws<InvalidOperationException>(() => NewRows.Make(pretrained, 4, new RandomInitialiser(), seed: 5));
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("mean-covariance")]
    [InlineData("mean-noise")]
    [InlineData("random")]
    [InlineData("description-mean")]
    [InlineData("keyword-mean")]
    [InlineData("codebook-projection")]
    public void ModelsOf16BitsGetFloat32Rows(string name)
    {
        using var scope = NewDisposeScope();
        using var pretrained = ByteShop.Model(tied: true, dtype: ScalarType.BFloat16);

        using var rows = NewRows.Make(pretrained, 4, TokenInitialisers.Create(name, Inputs()), seed: 0);

        Assert.Equal(ScalarType.Float32, rows.Input.dtype);
        Assert.Null(rows.Output);
        Assert.Equal([4L, 8L], rows.Input.shape);
        Assert.False(rows.Input.to(ScalarType.BFloat16).to(ScalarType.Float32).Equals(rows.Input)); // not rounded to 16 bits
    }

    [Fact]
    public void IdsWithoutATokenDoNotCount()
    {
        using var scope = NewDisposeScope();
        var tokenizer = WithGap();
        using var pretrained = ByteShop.Model(tied: true, tokenizer: tokenizer);
        using (no_grad())
            pretrained.Model.Embedding.Text.narrow(0, 257, 3).fill_(500); // ids 257 to 259 stand for nothing
        var used = pretrained.Model.Embedding.Text.detach().index_select(0, tensor([.. Enumerable.Range(0, 257).Select(id => (long)id), 260]));
        var gap = new InitialiserInputs(tokenizer, ByteShop.Shop("a<late>", "b", "c", "d"), ByteShop.Ids, []);

        using var mean = NewRows.Make(pretrained, 4, new MeanInitialiser(), seed: 0);
        using var words = NewRows.Make(pretrained, 1, new KeywordMeanInitialiser(tokenizer, [["<late>"]]), seed: 0);
        using var descriptions = NewRows.Make(pretrained, 4, new DescriptionMeanInitialiser(gap), seed: 0);

        Assert.True(mean.Input.allclose(used.mean([0], keepdim: true).expand(4, 8)));
        var space = tokenizer.Encode(" ").Single();
        Assert.True(words.Input.allclose((used.select(0, space) + used.select(0, 257)).unsqueeze(0) / 2));
        Assert.True(descriptions.Input.abs().max().ToDouble() < 10);
        var extension = VocabularyExtension.Apply(pretrained, ByteShop.Ids, new MeanInitialiser(), seed: 0);
        Assert.Equal([261, 262, 263, 264], extension.TokenIds);
        Assert.Equal([.. Enumerable.Range(0, 257), 260], extension.PretrainedRows().Ids);
    }

    [Fact]
    public void RowsOfAnotherShapeAreRefused()
    {
        using var pretrained = ByteShop.Model(tied: true);

        var error = Assert.Throws<ArgumentException>(() => NewRows.Make(pretrained, 4, new Wrong(), seed: 0));

        Assert.Contains("wrong made rows [3, 8]; 4 new tokens need [4, 8]", error.Message);
    }

    private static InitialiserInputs Inputs() => ByteShop.Inputs(Matrices.Of([0, 1], [1, 1]), Matrices.Of([2, 0], [4, 5]));

    private static Tokenizer WithGap()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "tokenizer.json");
        ByteShop.Tokenizer.Save(file);
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        var late = json["added_tokens"]![0]!.DeepClone();
        (late["id"], late["content"]) = (260, "<late>");
        json["added_tokens"]!.AsArray().Add(late);
        return Tokenizer.Load(new MemoryStream(Encoding.UTF8.GetBytes(json.ToJsonString())), "with a gap");
    }

    private sealed class Wrong : ITokenInitialiser
    {
        public string Name => "wrong";

        public Tensor Initialise(Tensor textRows, int count, Generator generator) => zeros(count - 1, textRows.shape[1]);
    }
}
