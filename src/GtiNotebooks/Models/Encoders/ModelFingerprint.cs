using System.Security.Cryptography;
using System.Text;
using GtiNotebooks.Text;

namespace GtiNotebooks.Models;

/// <summary>Says which model this is by what it holds now, whatever file it once came from.</summary>
internal static class ModelFingerprint
{
    /// <summary>SHA-256 over configuration, weights (with their names and types) and tokenizer, 64 lower-case hex digits. Some two seconds for 2.4 GB.</summary>
    public static string Of(PretrainedModel pretrained)
    {
        var (model, tokenizer) = pretrained;
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            stream.Write(Encoding.UTF8.GetBytes(model.Config.ToJson()));
            SafeTensors.Save(stream, model.named_parameters().Select(p => (p.name, (TorchSharp.torch.Tensor)p.parameter)));
            TokenizerJsonWriter.Write(tokenizer, stream);
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }
}
