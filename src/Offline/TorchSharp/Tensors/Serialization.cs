// A tensor in TorchSharp's own binary form: type, shape, bytes.
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class TensorExtensionMethods
    {
        public static void Save(this Tensor tensor, BinaryWriter writer)
        {
            using var scope = NewDisposeScope();
            var source = tensor.detach().cpu().contiguous();
            writer.Write7BitEncodedInt64((long)source.dtype);
            writer.Write7BitEncodedInt64(source.ndim);
            foreach (long size in source.shape) writer.Write7BitEncodedInt64(size);
            writer.Flush();
            source.WriteBytesToStream(writer.BaseStream);
        }

        public static void Save(this Tensor tensor, Stream stream)
        {
            using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
            tensor.Save(writer);
        }

        public static void Save(this Tensor tensor, string location)
        {
            using var stream = File.Create(location);
            tensor.Save(stream);
        }

        public static Tensor Load(BinaryReader reader, bool skip = false)
        {
            var (type, shape) = Header(reader);
            var loaded = empty(shape, type);
            loaded.ReadBytesFromStream(reader.BaseStream);
            if (!skip) return loaded;
            loaded.Dispose();
            return null!;
        }

        public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
        {
            using var loaded = Load(reader);
            if (skip) return;
            if (loaded.dtype != tensor.dtype) throw new ArgumentException($"Mismatched tensor data types while loading. Expected {tensor.dtype}, found {loaded.dtype}");
            if (!loaded.shape.SequenceEqual(tensor.shape)) throw new ArgumentException($"Mismatched tensor shapes while loading. Expected [{string.Join(", ", tensor.shape)}], found [{string.Join(", ", loaded.shape)}]");
            using var frozen = no_grad();
            tensor.copy_(loaded);
        }

        public static void Load(ref Tensor tensor, BinaryReader reader, bool skip = false)
        {
            var loaded = Load(reader, skip);
            if (skip) return;
            tensor?.Dispose();
            tensor = loaded.DetachFromDisposeScope();
        }

        private static (ScalarType, long[]) Header(BinaryReader reader)
        {
            var type = (ScalarType)reader.Read7BitEncodedInt64();
            var shape = new long[reader.Read7BitEncodedInt64()];
            for (int k = 0; k < shape.Length; k++) shape[k] = reader.Read7BitEncodedInt64();
            return (type, shape);
        }
    }

    public static partial class torch
    {
        public static void save(Tensor t, string location) => t.Save(location);

        public static Tensor load(string location) => Tensor.load(location);

        public partial class Tensor
        {
            public void save(string location) => TensorExtensionMethods.Save(this, location);
            public static Tensor load(string location) => Load(location);

            public static Tensor Load(string location)
            {
                using var stream = File.OpenRead(location);
                return Load(stream);
            }

            public static Tensor Load(Stream stream)
            {
                using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return Load(reader);
            }

            public static Tensor Load(BinaryReader reader) => TensorExtensionMethods.Load(reader);
        }
    }
}
