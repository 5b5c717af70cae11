// Random numbers: generators with a seed and a state, and the global ones.
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public class Generator : IDisposable
    {
        private Generator(nint handle)
        {
            Handle = handle;
            device = CPU;
        }

        public Generator(ulong seed = 0, Device? device = null)
        {
            if (device is not null && device.type != DeviceType.CPU) throw new NotSupportedException($"The stand-in has generators on the CPU only, not on {device}.");
            Handle = Bridge.Checked(Bridge.gti_generator_new(seed));
            this.device = device ?? CPU;
        }

        ~Generator() => Dispose(false);

        public static Generator Default => new(Bridge.Checked(Bridge.gti_generator_default()));
        public IntPtr Handle { get; private set; }
        public Device device { get; private set; }

        public Generator manual_seed(long seed)
        {
            Bridge.Checked(Bridge.gti_generator_set_seed(Handle, unchecked((ulong)seed)));
            return this;
        }

        public long seed() => unchecked((long)Bridge.gti_generator_seed(Handle));
        public long initial_seed() => unchecked((long)Bridge.gti_generator_initial_seed(Handle));
        public Tensor get_state() => new(Bridge.Checked(Bridge.gti_generator_state(Handle)));
        public void set_state(Tensor value) => Bridge.Checked(Bridge.gti_generator_set_state(Handle, value is null ? 0 : value.Handle));

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (Handle == 0) return;
            Bridge.gti_generator_free(Handle);
            Handle = 0;
        }
    }

    public static Generator manual_seed(long seed) => random.manual_seed(seed);
    public static long seed() => random.seed();
    public static long initial_seed() => random.initial_seed();
    public static Tensor get_rng_state() => random.get_rng_state();
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    public static class random
    {
        public static Generator manual_seed(long seed)
        {
            Bridge.Checked(Bridge.gti_manual_seed(unchecked((ulong)seed)));
            return Generator.Default;
        }

        public static long seed()
        {
            using var generator = Generator.Default;
            return generator.seed();
        }

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
