using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

/// <summary>Registration, traversal, state and modes of modules.</summary>
public sealed class ModuleTests
{
    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Parameter scale;
        [ComponentName(Name = "self_attn")] private readonly Linear _projection;
        private readonly ModuleList<Module<Tensor, Tensor>> layers;
        private readonly Tensor offset;

        public Block(int width) : base(nameof(Block))
        {
            scale = new Parameter(ones(width));
            _projection = Linear(width, width, hasBias: false);
            layers = new ModuleList<Module<Tensor, Tensor>>(Linear(width, width), SiLU());
            offset = zeros(width);
            RegisterComponents();
        }

        public Parameter Scale => scale;

        public override Tensor forward(Tensor input)
        {
            var hidden = _projection.call(input * scale) + offset;
            foreach (var layer in layers) hidden = layer.call(hidden);
            return hidden;
        }
    }

    [Fact]
    public void FieldsAreRegisteredUnderTheirNames()
    {
        using var block = new Block(3);

        Assert.Equal(["layers.0.bias", "layers.0.weight", "scale", "self_attn.weight"], block.named_parameters().Select(pair => pair.name).Order(StringComparer.Ordinal));
        Assert.Equal(["offset"], block.named_buffers().Select(pair => pair.name));
        Assert.Equal(["layers", "self_attn"], block.named_children().Select(pair => pair.name).Order(StringComparer.Ordinal));
        Assert.Contains("layers.1", block.named_modules().Select(pair => pair.name));
        Assert.Equal(5, block.state_dict().Count);
        Assert.Same(block.Scale, block.get_parameter("scale"));
        Assert.Null(block.get_parameter("layers.0.nothing"));
    }

    [Fact]
    public void StateGoesFromOneModuleToAnother()
    {
        using var scope = NewDisposeScope();
        using var first = new Block(3);
        using var second = new Block(3);
        var input = randn(2, 3);

        var (missing, unexpected) = second.load_state_dict(first.state_dict());

        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.True(first.call(input).Equals(second.call(input)));
    }

    [Fact]
    public void StateThatDoesNotFitIsRefusedUnlessAskedFor()
    {
        using var scope = NewDisposeScope();
        using var block = new Block(3);
        var state = block.state_dict().Where(pair => pair.Key != "scale").ToDictionary();
        state["extra"] = ones(1);

        Assert.Throws<InvalidOperationException>(() => block.load_state_dict(state));
        var (missing, unexpected) = block.load_state_dict(state, strict: false);

        Assert.Equal(["scale"], missing);
        Assert.Equal(["extra"], unexpected);
    }

    [Fact]
    public void AModuleSavedComesBackEqual()
    {
        using var scope = NewDisposeScope();
        using var first = new Block(3);
        using var second = new Block(3);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) first.save(writer);

        stream.Position = 0;
        second.load(stream);

        Assert.All(first.state_dict(), pair => Assert.True(pair.Value.Equals(second.state_dict()[pair.Key])));
    }

    [Fact]
    public void ConvertingAModuleConvertsItsParametersAndBuffers()
    {
        using var scope = NewDisposeScope();
        using var block = new Block(3);

        block.to(ScalarType.Float64);

        Assert.All(block.state_dict().Values, value => Assert.Equal(ScalarType.Float64, value.dtype));
        Assert.Equal(ScalarType.Float64, block.Scale.dtype);
        Assert.Equal(ScalarType.Float64, block.call(ones(2, 3, ScalarType.Float64)).dtype);
        Assert.True(block.Scale.requires_grad);
    }

    [Fact]
    public void TrainingModeReachesEveryChild()
    {
        using var net = Sequential(Linear(2, 2), Dropout(0.5));
        using var input = ones(4, 2);

        Assert.True(net.training);
        net.eval();

        Assert.All(net.modules(), module => Assert.False(module.training));
        using var first = net.call(input);
        using var second = net.call(input);
        Assert.True(first.Equals(second));
    }

    [Fact]
    public void ASharedParameterCountsOnceAndTrainsOnce()
    {
        using var scope = NewDisposeScope();
        using var first = Linear(3, 3, hasBias: false);
        using var second = Linear(first.weight);
        using var net = Sequential(first, second);

        Assert.Single(net.parameters());
        net.call(ones(1, 3)).sum().backward();
        Assert.Equal([3L, 3L], first.weight.grad!.shape);
    }

    [Fact]
    public void GradientsAreClippedToTheNorm()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(zeros(2));
        (parameter * tensor(new[] { 3f, 4f })).sum().backward();

        double before = nn.utils.clip_grad_norm_([parameter], 1.0);

        Assert.Equal(5, before, 5);
        Assert.Equal(1, parameter.grad!.norm().ToDouble(), 4);
    }

    [Fact]
    public void ZeroingGradients()
    {
        using var scope = NewDisposeScope();
        using var module = Linear(2, 2);
        module.call(ones(1, 2)).sum().backward();
        using (var optimizer = optim.SGD(module.parameters(), 0.1)) optimizer.zero_grad();
        Assert.Equal(0, module.weight.grad!.abs().sum().ToDouble());

        module.zero_grad();

        Assert.Null(module.weight.grad);
    }

    [Fact]
    public void InitialisersHaveTheirRanges()
    {
        using var scope = NewDisposeScope();
        var weight = empty(200, 100);

        init.xavier_uniform_(weight);
        Assert.InRange(weight.abs().max().ToDouble(), 0.13, Math.Sqrt(6.0 / 300));
        init.normal_(weight, 1, 0.5);
        Assert.Equal(1, weight.mean().ToDouble(), 1);
        init.constant_(weight, 7);
        Assert.Equal(7, weight.min().ToDouble());
    }
}
