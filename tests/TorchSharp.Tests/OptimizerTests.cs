using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Optimizers against PyTorch's over 20 steps, float64, and their state.</summary>
public sealed class OptimizerTests
{
    private static readonly Reference Expected = Reference.Load();

    public static TheoryData<string> Names => new(Expected.Optimizers.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void TwentyStepsEqualPyTorchs(string name)
    {
        using var problem = new Problem();
        using var optimizer = Make(name, problem.Parameters);

        var losses = Enumerable.Range(0, 20).Select(_ => problem.Step(optimizer)).ToArray();

        var expected = Expected.Optimizers[name];
        Compare.Close(expected.Losses, losses, 1e-10, $"{name}, losses");
        Compare.Close(expected.Matrix, problem.Parameters[0], 1e-10, $"{name}, matrix");
        Compare.Close(expected.Bias, problem.Parameters[1], 1e-10, $"{name}, bias");
    }

    [Theory]
    [InlineData("adamw")]
    [InlineData("adam")]
    [InlineData("sgd_momentum")]
    public void SavedStateGoesOnWhereItStopped(string name)
    {
        using var straight = new Problem();
        using var whole = Make(name, straight.Parameters);
        var expected = Enumerable.Range(0, 12).Select(_ => straight.Step(whole)).ToArray();

        using var problem = new Problem();
        using var stream = new MemoryStream();
        using (var first = Make(name, problem.Parameters))
        {
            for (int k = 0; k < 6; k++) problem.Step(first);
            using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
            first.save_state_dict(writer);
        }

        stream.Position = 0;
        using var second = Make(name, problem.Parameters);
        using var reader = new BinaryReader(stream);
        second.load_state_dict(reader);
        var rest = Enumerable.Range(0, 6).Select(_ => problem.Step(second)).ToArray();

        Compare.Close(expected[6..], rest, 1e-12, name);
    }

    [Fact]
    public void GroupsHaveLearningRatesOfTheirOwn()
    {
        using var frozen = new Parameter(ones(3));
        using var moving = new Parameter(ones(3));
        using var optimizer = optim.AdamW([new AdamW.ParamGroup([frozen], lr: 0), new AdamW.ParamGroup([moving], lr: 0.1)]);
        (frozen.sum() + moving.sum()).backward();

        Assert.Equal([0, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));
        optimizer.step();
        Assert.True(frozen.Equals(ones(3)));
        foreach (var group in optimizer.ParamGroups) group.LearningRate = 0;
        using var before = moving.detach().clone();
        optimizer.step();

        Assert.Equal(0.9, before.mean().ToDouble(), 6);
        Assert.True(moving.Equals(before));
    }

    [Fact]
    public void ParametersWithoutGradientStayBitIdentical()
    {
        using var used = new Parameter(ones(3));
        using var unused = new Parameter(ones(3));
        using var optimizer = optim.AdamW([used, unused], lr: 0.1, weight_decay: 0.5);
        for (int k = 0; k < 5; k++)
        {
            optimizer.zero_grad();
            used.square().sum().backward();
            optimizer.step();
        }

        Assert.True(unused.Equals(ones(3)));
        Assert.False(used.Equals(ones(3)));
    }

    private static OptimizerHelper Make(string name, IReadOnlyList<Parameter> parameters) => name switch
    {
        "adamw" => optim.AdamW(parameters, lr: 0.05, weight_decay: 0.1),
        "adamw_amsgrad" => optim.AdamW(parameters, lr: 0.05, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: 0.01, amsgrad: true),
        "adam" => optim.Adam(parameters, lr: 0.05, weight_decay: 0.1),
        "sgd" => optim.SGD(parameters, 0.01),
        "sgd_momentum" => optim.SGD(parameters, 0.01, momentum: 0.9, weight_decay: 0.1, nesterov: true),
        _ => throw new ArgumentException(name),
    };

    /// <summary>The regression of the reference script: mean of (x m + bias - y)^2 from a fixed start.</summary>
    private sealed class Problem : IDisposable
    {
        private readonly Tensor _x = Wave(20, 0.3).view(5, 4);
        private readonly Tensor _y = Wave(15, 1.7).view(5, 3);

        public List<Parameter> Parameters { get; } = [new(Wave(12, 0.2).view(4, 3)), new(Wave(3, 0.3))];

        public double Step(optim.Optimizer optimizer)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = (_x.matmul(Parameters[0]) + Parameters[1] - _y).square().mean();
            loss.backward();
            optimizer.step();
            return loss.item<double>();
        }

        public void Dispose()
        {
            _x.Dispose();
            _y.Dispose();
            foreach (var parameter in Parameters) parameter.Dispose();
        }

        private static Tensor Wave(int count, double shift) => tensor(Enumerable.Range(0, count).Select(k => Math.Sin(0.7 * k + shift) * (1 + k / 10.0)).ToArray());
    }
}
