using System.Text.Json;
using GtiNotebooks.Data;

namespace GtiNotebooks.Text;

/// <summary>
/// Which layout a Hugging Face folder asks for. Its chat template is a Jinja program; none is run here. Two families of templates are recognised by
/// the tokens that they write, and laid out by <see cref="ChatFormat"/>: one system turn, one user turn, one answer.
/// </summary>
public static class ChatTemplate
{
    private const string ConfigFile = "tokenizer_config.json";
    private const string JinjaFile = "chat_template.jinja";
    private const long MostTemplateBytes = 1L << 20; // published templates have some ten thousand

    /// <summary>The layout of a model's chat template.</summary>
    /// <param name="modelFolder">A folder with <c>tokenizer_config.json</c>; newer ones hold the template in <c>chat_template.jinja</c> beside it.</param>
    /// <param name="system">What the system turn says.</param>
    /// <exception cref="FileNotFoundException">There is no <c>tokenizer_config.json</c>.</exception>
    /// <exception cref="InvalidDataException">The file is wrong, or the template is missing or is neither ChatML nor Llama 3's; the message says what
    /// to pass instead.</exception>
    public static ChatFormat FormatOf(string modelFolder, string system)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelFolder);
        ArgumentNullException.ThrowIfNull(system);
        var config = Path.Combine(modelFolder, ConfigFile);
        FileProblem.RequireFile(config, "the tokenizer's settings, with a chat_template");
        var jinja = Path.Combine(modelFolder, JinjaFile);
        var (file, template) = File.Exists(jinja) ? (jinja, ReadTemplate(jinja)) : (config, TemplateIn(config));
        return template switch
        {
            null => throw FileProblem.In(file, $"no chat_template: a base model. {PassPlain}"),
            _ when Writes(template, "<|im_start|>", "<|im_end|>") => ChatFormat.ChatMl(system),
            _ when Writes(template, "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>") => ChatFormat.Llama3(system),
            _ => throw FileProblem.In(file, $"the chat_template is neither ChatML's nor Llama 3's ('{Start(template)}'). {PassPlain}"),
        };
    }

    private static string PassPlain =>
        $"Pass {nameof(ChatFormat)}.{nameof(ChatFormat.Plain)}, {nameof(ChatFormat)}.{nameof(ChatFormat.PlainEndingWith)}(end token) or a {nameof(ChatFormat)} of your own.";

    private static bool Writes(string template, params string[] tokens) => tokens.All(token => template.Contains(token, StringComparison.Ordinal));

    private static string Start(string template) => template.Length <= 60 ? template : template[..60] + "...";

    private static string ReadTemplate(string path)
    {
        var length = new FileInfo(path).Length;
        return length <= MostTemplateBytes
            ? File.ReadAllText(path)
            : throw FileProblem.In(path, FormattableString.Invariant($"has {length:N0} bytes; a chat template is read up to {MostTemplateBytes:N0}."));
    }

    private static string? TemplateIn(string config)
    {
        using var stream = File.OpenRead(config);
        return JsonText.Read(stream, config, root => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("chat_template", out var template)
            ? Text(template, config)
            : null);
    }

    // Some folders hold several templates by name.
    private static string? Text(JsonElement template, string config) => template.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => template.GetString(),
        JsonValueKind.Array => template.EnumerateArray().Where(IsDefault).Select(entry => entry.GetProperty("template").GetString()).FirstOrDefault()
            ?? throw FileProblem.In(config, "chat_template is a list without one that is named 'default'."),
        _ => throw FileProblem.In(config, $"chat_template must be text, or a list of named texts, not {template.ValueKind}."),
    };

    private static bool IsDefault(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("name", out var name) && name.ValueEquals("default")
        && entry.TryGetProperty("template", out var text) && text.ValueKind == JsonValueKind.String;
}
