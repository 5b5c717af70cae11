// The layers the product uses.
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    public sealed class Linear : Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))] private Parameter _weight;
        [ComponentName(Name = nameof(bias))] private Parameter? _bias;

        internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
        {
            _weight = weight;
            _weight.DetachFromDisposeScope();
            _bias = bias;
            _bias?.DetachFromDisposeScope();
            (out_features, in_features) = (weight.shape[0], weight.shape[1]);
            ConditionallyRegisterParameter(nameof(weight), _weight);
            ConditionallyRegisterParameter(nameof(bias), _bias);
        }

        internal Linear(long inputs, long outputs, bool hasBias, Device? device, ScalarType? dtype)
            : this(new Parameter(empty(outputs, inputs, dtype, device)), hasBias ? new Parameter(empty(outputs, dtype, device)) : null)
        {
            init.kaiming_uniform_(_weight, a: Math.Sqrt(5));
            if (_bias is null) return;
            double bound = inputs > 0 ? 1 / Math.Sqrt(inputs) : 0;
            init.uniform_(_bias, -bound, bound);
        }

        public long in_features { get; set; }
        public long out_features { get; set; }

        public Parameter weight
        {
            get => _weight;
            set => Adopt(nameof(weight), ref _weight, value);
        }

        public Parameter? bias
        {
            get => _bias;
            set => Adopt(nameof(bias), ref _bias, value);
        }

        public override Tensor forward(Tensor tensor) => functional.linear(tensor, _weight, _bias);
    }

    public sealed class Embedding : Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))] private Parameter? _weight;
        private readonly long _padding;

        internal Embedding(Parameter weight, long? paddingIndex) : base(nameof(Embedding))
        {
            _weight = weight;
            _weight.DetachFromDisposeScope();
            _padding = paddingIndex ?? -1;
            ConditionallyRegisterParameter(nameof(weight), weight);
        }

        public Parameter? weight
        {
            get => _weight;
            set => Adopt(nameof(weight), ref _weight, value);
        }

        public override Tensor forward(Tensor input) => Native.Aten.embedding.Call(_weight, input, _padding);
    }

    public sealed class LayerNorm : Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(weight))] private Parameter? _weight;
        [ComponentName(Name = nameof(bias))] private Parameter? _bias;

        internal LayerNorm(long[] shape, double eps, bool affine, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(LayerNorm))
        {
            normalized_shape = shape;
            this.eps = eps;
            elementwise_affine = affine;
            if (!affine) return;
            weight = new Parameter(ones(shape, dtype, device));
            if (hasBias) bias = new Parameter(zeros(shape, dtype, device));
        }

        public long[] normalized_shape { get; set; }
        public double eps { get; set; }
        public bool elementwise_affine { get; set; }

        public Parameter weight
        {
            get => _weight!;
            set => Adopt(nameof(weight), ref _weight, value);
        }

        public Parameter? bias
        {
            get => _bias;
            set => Adopt(nameof(bias), ref _bias, value);
        }

        public void reset_parameters()
        {
            if (_weight is not null) init.ones_(_weight);
            if (_bias is not null) init.zeros_(_bias);
        }

        public override Tensor forward(Tensor tensor) => functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) => new(inputSize, outputSize, hasBias, device, dtype);
            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
            public static LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) => new(normalized_shape, eps, elementwise_affine, bias, device, dtype);
            public static LayerNorm LayerNorm(long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) => new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                Simple(max_norm, scale_grad_by_freq, sparse);
                var table = randn(num_embeddings, embedding_dims, dtype, device);
                if (padding_idx is long row) table[row].zero_();
                return new(new Parameter(table), padding_idx);
            }

            public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                Simple(max_norm, scale_grad_by_freq, sparse);
                return new(new Parameter(embeddings.to(dtype ?? embeddings.dtype, device ?? embeddings.device), !freeze), padding_idx);
            }

            private static void Simple(double? maxNorm, bool scale, bool sparse)
            {
                if (maxNorm is not null || scale || sparse) throw new NotSupportedException("The stand-in's Embedding has no max_norm, scale_grad_by_freq or sparse.");
            }
        }
    }
}
