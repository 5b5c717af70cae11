using GtiNotebooks.Models;

namespace GtiNotebooks.Tests.Models;

public sealed class GenerationConfigTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gti-generation-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_chat_models_settings_are_read()
    {
        var options = Load("""{"bos_token_id": 151643, "do_sample": true, "eos_token_id": [151645, 151643], "temperature": 0.6, "top_k": 20, "top_p": 0.95, "transformers_version": "4.51.0"}""");
        Assert.Equal([151645, 151643], options.StopTokens!);
        Assert.Equal((0.6, 20, 0.95), (options.Temperature, options.TopK, options.TopP));
    }

    [Fact]
    public void Without_do_sample_it_is_greedy()
    {
        var options = Load("""{"eos_token_id": 2, "temperature": 0.6, "max_new_tokens": 7}""");
        Assert.Equal([2], options.StopTokens!);
        Assert.Equal((0.0, 0, 1.0, 7), (options.Temperature, options.TopK, options.TopP, options.MaxNewTokens));
    }

    [Fact]
    public void What_is_left_out_has_hugging_faces_defaults()
    {
        var options = Load("""{"do_sample": true}""");
        Assert.Null(options.StopTokens);
        Assert.Equal((1.0, 50, 1.0, 64), (options.Temperature, options.TopK, options.TopP, options.MaxNewTokens));
    }

    [Theory]
    [InlineData("""{"repetition_penalty": 1.05}""", "\"repetition_penalty\" is 1.05")]
    [InlineData("""{"do_sample": true, "top_p": 1.5}""", "TopP is 1.5")]
    [InlineData("""{"do_sample": 1}""", "\"do_sample\" is 1; supported is true or false")]
    [InlineData("""{"eos_token_id": []}""", "\"eos_token_id\" is []")]
    [InlineData("[]", "not a JSON object")]
    public void What_cannot_be_done_is_named_with_the_file(string json, string message)
    {
        var problem = Assert.Throws<InvalidDataException>(() => Load(json)).Message;
        Assert.Contains("generation_config.json", problem);
        Assert.Contains(message, problem);
    }

    [Fact]
    public void A_saved_model_names_its_end()
    {
        using var model = new CausalLM(TinyFolder.ConfigOf("tiny_qwen3"));
        model.InitialiseWeights(seed: 0);
        var made = Path.Combine(folder, "made");
        CheckpointFolder.Save(made, model, TinyFolder.Tokenizer);
        Assert.Equal([model.Config.EndOfTextId], GenerationOptions.Load(made).StopTokens!);
    }

    private GenerationOptions Load(string json)
    {
        File.WriteAllText(Path.Combine(folder, "generation_config.json"), json);
        return GenerationOptions.Load(folder);
    }
}
