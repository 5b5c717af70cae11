using System.Text.Json;
using GtiNotebooks.Testing;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

public sealed class ChatTemplateTests : IDisposable
{
    private const string ChatMl = "{% for m in messages %}{{'<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>' + '\n'}}{% endfor %}";
    private const string Llama3 = "{{ '<|start_header_id|>' + m['role'] + '<|end_header_id|>\n\n' + m['content'] | trim + '<|eot_id|>' }}";
    private readonly string _folder = Directory.CreateTempSubdirectory("chat-template").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Llama_3_turns_frame_prompt_and_answer()
    {
        var laidOut = ChatFormat.Llama3("Be brief.").Apply(new PromptText("The item is called", " red dress"));
        Assert.Equal(
            "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n"
            + "The item is called<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n", laidOut.Prompt);
        Assert.Equal("red dress", laidOut.Answer);
        Assert.Equal("<|eot_id|>", ChatFormat.Llama3("").EndToken);
    }

    [Fact]
    public void A_folders_template_chooses_the_format()
    {
        Assert.Equal(ChatFormat.ChatMl("x"), Of(new { chat_template = ChatMl }));
        Assert.Equal(ChatFormat.Llama3("x"), Of(new { chat_template = Llama3 }));
        Assert.Equal(ChatFormat.Llama3("x"), Of(new { chat_template = new[] { new { name = "tool_use", template = "?" }, new { name = "default", template = Llama3 } } }));
    }

    [Fact]
    public void A_template_in_a_file_of_its_own_goes_before_the_settings()
    {
        File.WriteAllText(Path.Combine(_folder, "chat_template.jinja"), ChatMl);
        Assert.Equal(ChatFormat.ChatMl("x"), Of(new { chat_template = Llama3 }));
    }

    [Fact]
    public void Qwen3s_own_settings_are_ChatMl()
    {
        if (SharedFolder.TryFind("models/qwen3-tokenizer", out var folder))
            Assert.Equal(ChatFormat.ChatMl("x"), ChatTemplate.FormatOf(folder, "x"));
    }

    [Fact]
    public void Another_template_is_an_error_that_says_what_to_pass()
    {
        Assert.Contains("neither ChatML's nor Llama 3's ('[INST]", Refused(new { chat_template = "[INST] {{ m }} [/INST]" }));
        Assert.Contains("ChatFormat.Plain", Refused(new { chat_template = "[INST]" }));
        Assert.Contains("a base model", Refused(new { bos_token = "<s>" }));
        Assert.Contains("'default'", Refused(new { chat_template = new[] { new { name = "rag", template = ChatMl } } }));
        Assert.Contains("not Number", Refused(new { chat_template = 3 }));
        File.WriteAllText(Path.Combine(_folder, "tokenizer_config.json"), "{");
        Assert.Contains("not JSON", Assert.Throws<InvalidDataException>(() => ChatTemplate.FormatOf(_folder, "x")).Message);
        Assert.Throws<FileNotFoundException>(() => ChatTemplate.FormatOf(Path.Combine(_folder, "none"), "x"));
    }

    [Fact]
    public void A_base_model_may_end_its_texts_with_a_token_of_its_own()
    {
        Assert.Equal("<|end_of_text|>", ChatFormat.PlainEndingWith("<|end_of_text|>").EndToken);
        Assert.Equal(ChatFormat.Plain, ChatFormat.PlainEndingWith("<|endoftext|>"));
    }

    private ChatFormat Of(object settings)
    {
        File.WriteAllText(Path.Combine(_folder, "tokenizer_config.json"), JsonSerializer.Serialize(settings));
        return ChatTemplate.FormatOf(_folder, "x");
    }

    private string Refused(object settings) => Assert.Throws<InvalidDataException>(() => Of(settings)).Message;
}
