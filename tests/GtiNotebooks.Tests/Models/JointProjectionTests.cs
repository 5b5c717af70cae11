using GtiNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Models;

/// <summary>What is computed in one product where no gradient is recorded equals what the parts compute.</summary>
public class JointProjectionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OneProductGivesWhatThePartsGive(bool hasBias)
    {
        using var scope = NewDisposeScope();
        using var joint = Filled(hasBias);
        var input = Values(3, 2, 4);
        using var frozen = no_grad();

        var parts = cat(joint.Parts.Select(part => part.call(input)).ToArray(), 2);

        Assert.True((joint.Apply(input) - parts).abs().max().ToDouble() < 1e-12);
        Assert.Equal([3, 2, 6], parts.shape);
    }

    [Fact]
    public void WhatChangesAPartChangesTheWhole()
    {
        using var scope = NewDisposeScope();
        using var joint = Filled(hasBias: false);
        var input = Values(2, 4);
        using var frozen = no_grad();
        var before = joint.Apply(input);

        joint.Parts[1].Weight.mul_(2);

        var change = joint.Apply(input) / before;
        Assert.Equal([1, 1, 2, 2, 2, 1], change.select(0, 1).data<double>().ToArray().Select(ratio => Math.Round(ratio, 9)));
    }

    [Fact]
    public void GradientsReachTheParts()
    {
        using var scope = NewDisposeScope();
        using var joint = Filled(hasBias: false);

        Assert.False(joint.CanJoin);
        joint.Parts[1].call(Values(2, 4)).sum().backward();

        Assert.NotNull(joint.Parts[1].Weight.grad);
        Assert.Null(joint.Parts[0].Weight.grad);
        using var frozen = no_grad();
        Assert.True(joint.CanJoin);
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void StatesAreThoseWithGradients(string name)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create(name);
        foreach (var ids in new[] { tensor(new long[,] { { 1, 4, 7, 11, 2 }, { 3, 13, 14, 5, 0 } }), tensor(new long[,] { { 6 } }) })
        {
            var expected = model.forward(ids);
            var logits = model.Logits(expected.view(-1, expected.shape[2]));
            using var frozen = no_grad();
            var found = model.forward(ids);

            Assert.True((found - expected).abs().max().ToDouble() < 1e-12);
            var difference = (model.Logits(found.view(-1, found.shape[2])) - logits).nan_to_num(0);
            Assert.True(difference.abs().max().ToDouble() < 1e-12);
        }
    }

    [Fact]
    public void AnAdapterIsNotPassedOver()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModels.Create("tiny_qwen3");
        var ids = tensor(new long[,] { { 1, 4, 7, 11, 2 } });
        using var frozen = no_grad();
        var before = model.forward(ids);
        var adapters = LoraAdapters.Attach(model, new LoraOptions(2, 4, 0), 1);
        foreach (var parameter in model.parameters().Where(p => p.shape[^1] == 2))
            parameter.fill_(0.3);

        var with = model.forward(ids);
        using (enable_grad())
            Assert.True((model.forward(ids) - with).abs().max().ToDouble() < 1e-12);
        Assert.False((with - before).abs().max().ToDouble() < 1e-6);
        GC.KeepAlive(adapters);
    }

    private static JointProjection Filled(bool hasBias)
    {
        var joint = new JointProjection(4, [2, 3, 1], hasBias, ScalarType.Float64, CPU);
        using var frozen = no_grad();
        foreach (var parameter in joint.Parts.SelectMany(part => part.parameters()))
            parameter.copy_(Values(parameter.shape) + parameter.shape[0]);
        return joint;
    }

    private static Tensor Values(params long[] shape) => (arange(shape.Aggregate(1L, (a, b) => a * b), float64) * 0.7).sin().view(shape);
}
