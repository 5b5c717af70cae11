using System.Text.Json.Nodes;
using GtiNotebooks.Models;
using GtiNotebooks.Testing;
using GtiNotebooks.Tests.Models;
using GtiNotebooks.Tests.Training;
using GtiNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GtiNotebooks.Tests.Robustness;

/// <summary>A training goes on from a checkpoint, or it refuses the file and has changed nothing: no weight, no generator, no step.</summary>
public sealed class DamagedCheckpointTests : IDisposable
{
    private const string Note = "training";
    private readonly string folder = TinyTraining.NewFolder();
    private readonly Generator first = SeededDraw.Generator(1), second = SeededDraw.Generator(2);
    private readonly CausalLM model = TinyQwen3.Create(ScalarType.Float32);
    private readonly CheckpointPlan plan;
    private readonly string[] state;

    public DamagedCheckpointTests()
    {
        plan = new CheckpointPlan(folder) { Generators = new Dictionary<string, Generator> { ["first"] = first, ["second"] = second } };
        using (var trained = TinyQwen3.Create(ScalarType.Float32))
            Assert.Throws<OperationCanceledException>(() => TinyTraining.Run(trained, plan, stopAfter: 5, validation: TinyTraining.Validation()));
        using var scope = NewDisposeScope();
        rand(3, generator: first);
        rand(3, generator: second); // they stand elsewhere than in the checkpoint
        state = State();
    }

    public void Dispose()
    {
        model.Dispose();
        first.Dispose();
        second.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Checkpoints()
    {
        using var start = WeightSnapshot.Take(model);
        var (one, other) = (GeneratorStates.Save(first), GeneratorStates.Save(second));
        DamagedFiles.Try("checkpoint.safetensors", plan.LatestFile, [File.ReadAllBytes(plan.LatestFile)], _ =>
        {
            try
            {
                Assert.Equal(5, Resume());
            }
            catch (Exception e) when (DamagedFiles.IsOfFile(e))
            {
                Assert.Equal(state, State());
                throw;
            }

            start.Restore(model);
            GeneratorStates.Restore(first, one);
            GeneratorStates.Restore(second, other);
        }, ordinarily: 2000);
    }

    [Theory]
    [InlineData("seconds", "1e300", "\"seconds\"")]
    [InlineData("seconds", "-1", "\"seconds\"")]
    [InlineData("step", "0", "\"step\"")]
    [InlineData("validations", "[null]", "\"validations\"")]
    [InlineData("validations", """[{"step":4,"score":1e999}]""", "\"validations\"")]
    [InlineData("validations", """[{"step":6,"score":1}]""", "\"validations\"")]
    [InlineData("validations", """[{"step":4,"score":1},{"step":4,"score":2}]""", "\"validations\"")]
    [InlineData("optimizerSteps", "{}", "how often the optimiser changed")]
    [InlineData("optimizerSteps", """{"model.norm.weight":-1}""", "\"optimizerSteps\"")]
    [InlineData("generators", """{"first":null,"second":null}""", "\"generators\"")]
    [InlineData("run", """{"stage":"tiny","settings":{},"parameters":{"model.norm.weight":null},"firstBatch":""}""", "\"run.parameters\"")]
    public void ANoteThatCannotBeSo(string field, string value, string named)
    {
        Rewrite(notes => notes[field] = JsonNode.Parse(value));
        AssertRefused(named);
    }

    [Fact]
    public void TheStateOfAnotherGenerator()
    {
        Rewrite(notes => notes["generators"]!["second"] = "AAAA");
        AssertRefused("generator second");
        Rewrite(notes => notes["generators"]!["second"] = Convert.ToBase64String(new byte[Convert.FromBase64String(GeneratorStates.Save(second)).Length]));
        AssertRefused("generator second: the state's flag seeded is 0");
    }

    [Fact]
    public void BestWeightsThatAreMissing()
    {
        Rewrite(_ => { }, name => name != CheckpointFile.BestName("model.norm.weight"));
        AssertRefused("has no tensor best.model.norm.weight");
    }

    private void AssertRefused(string named)
    {
        var message = Assert.Throws<InvalidDataException>(() => Resume()).Message;
        Assert.StartsWith(plan.LatestFile, message);
        Assert.Contains(named, message);
        Assert.Equal(state, State());
    }

    /// <returns>Steps that were done.</returns>
    private int Resume()
    {
        using var run = new TrainingRun("tiny", model, new SampledExamples(), TinyTraining.Options, TinyTraining.Validation(), null);
        try
        {
            CheckpointStore.Open(plan, run).Dispose();
            return run.StepsDone;
        }
        catch
        {
            Assert.Equal(0, run.StepsDone);
            Assert.Empty(run.Validations);
            throw;
        }
    }

    private string[] State() => [.. TinyTraining.Bits(model), GeneratorStates.Save(first), GeneratorStates.Save(second)];

    private void Rewrite(Action<JsonNode> change, Func<string, bool>? keeps = null)
    {
        var tensors = SafeTensors.Load(plan.LatestFile);
        JsonNode notes;
        using (var file = SafeTensorsFile.Open(plan.LatestFile))
            notes = JsonNode.Parse(file.Metadata[Note])!;
        change(notes);
        using (var stream = File.Create(plan.LatestFile))
        {
            SafeTensors.Save(
                stream, tensors.Where(t => keeps?.Invoke(t.Key) ?? true).Select(t => (t.Key, t.Value)), [KeyValuePair.Create(Note, notes.ToJsonString())]);
        }

        foreach (var tensor in tensors.Values)
            tensor.Dispose();
    }
}
