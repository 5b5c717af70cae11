// The base of all optimizers: parameter groups, state, saving it.
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public interface ILearningRateController
            {
                double LearningRate { get; set; }
                double InitialLearningRate { get; set; }
            }

            public interface IMomentum
            {
                double Momentum { get; set; }
            }

            public interface IBetas
            {
                (double, double) Betas { get; set; }
            }

            public abstract class Optimizer : IDisposable
            {
                protected IList<ParamGroup> _parameter_groups = [];

                protected Optimizer(IntPtr handle) { }

                ~Optimizer() => Dispose(false);

                public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

                public virtual Tensor step(Func<Tensor>? closure = null) => throw new NotImplementedException();
                public virtual void zero_grad() => throw new NotImplementedException();
                public virtual void add_param_group(ParamGroup param_group) => throw new NotImplementedException();
                public virtual IEnumerable<Parameter> parameters() => throw new NotImplementedException();

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing) { }

                public class StateDictionary
                {
                    internal StateDictionary() { }

                    public List<OptimizerOptions> Options { get; } = [];
                    public List<OptimizerState> State { get; } = [];
                    public List<List<int>> StateIndexRef { get; } = [];
                }
            }
        }
    }

    namespace Modules
    {
        public class OptimizerOptions
        {
            public double? LearningRate { get; set; }
            public double InitialLearningRate { get; set; }

            public virtual void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(InitialLearningRate);
                writer.Write(LearningRate!.Value);
            }

            public virtual void LoadStateDict(BinaryReader reader)
            {
                InitialLearningRate = reader.ReadDouble();
                LearningRate = reader.ReadDouble();
            }

            public virtual void LoadStateDict(OptimizerOptions source) => (InitialLearningRate, LearningRate) = (source.InitialLearningRate, source.LearningRate);
        }

        public abstract class OptimizerState
        {
            protected Parameter _parameter;

            protected OptimizerState(Parameter parameter) => _parameter = parameter;

            public abstract void Initialize(OptimizerOptions options);
            public abstract void SaveStateDict(BinaryWriter writer);
            public abstract void LoadStateDict(BinaryReader reader);
            public abstract void LoadStateDict(OptimizerState source);
            public virtual bool ApproximatelyEquals(OptimizerState other) => false;
            public virtual void to(Device device) { }

            protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor)
            {
                writer.Write(tensor is not null);
                tensor?.Save(writer);
            }

            protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device device)
            {
                if (reader.ReadBoolean())
                {
                    TensorExtensionMethods.Load(ref result!, reader);
                    return;
                }

                result?.Dispose();
                result = null;
            }
        }

        public class ParamGroup : ILearningRateController
        {
            public IEnumerable<Parameter> Parameters { get; set; } = [];
            public OptimizerOptions Options { get; set; } = null!;

            public double LearningRate
            {
                get => Options.LearningRate!.Value;
                set => Options.LearningRate = value;
            }

            public double InitialLearningRate
            {
                get => Options.InitialLearningRate;
                set => Options.InitialLearningRate = value;
            }
        }

        public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
        {
            public ParamGroup() { }

            public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
            {
                Parameters = parameters;
                base.Options = options!;
            }

            public new TOptions Options
            {
                get => (TOptions)base.Options;
                set => base.Options = value;
            }
        }

        public abstract class OptimizerHelper : Optimizer
        {
            protected OptimizerOptions _defaults = null!;
            protected OrderedDict<IntPtr, OptimizerState> _state = new();

            public OptimizerHelper() : base(0) { }

            public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);
            public override void add_param_group(ParamGroup param_group) => _parameter_groups.Add(param_group);

            /// <summary>Fills gradients with zeros, in place: they stay.</summary>
            public override void zero_grad()
            {
                foreach (var parameter in parameters())
                {
                    using var grad = parameter.grad;
                    grad?.zero_();
                }
            }

            public virtual StateDictionary state_dict()
            {
                var dictionary = new StateDictionary();
                int next = 0;
                foreach (var group in _parameter_groups)
                {
                    dictionary.Options.Add(group.Options);
                    var states = group.Parameters.Select(parameter => _state[parameter.Handle]).ToList();
                    dictionary.State.AddRange(states);
                    dictionary.StateIndexRef.Add(Enumerable.Range(next, states.Count).ToList());
                    next += states.Count;
                }

                return dictionary;
            }

            public virtual void load_state_dict(StateDictionary state_dict)
            {
                var own = this.state_dict();
                CheckCounts(own, state_dict.Options.Count, state_dict.State.Count);
                foreach (var (mine, theirs) in own.Options.Zip(state_dict.Options))
                {
                    if (mine != theirs) mine.LoadStateDict(theirs);
                }

                foreach (var (mine, theirs) in own.State.Zip(state_dict.State))
                {
                    if (mine != theirs) mine.LoadStateDict(theirs);
                }
            }

            public void save_state_dict(string location)
            {
                using var writer = new BinaryWriter(File.Create(location));
                save_state_dict(writer);
            }

            public void load_state_dict(string location)
            {
                using var reader = new BinaryReader(File.OpenRead(location));
                load_state_dict(reader);
            }

            public void save_state_dict(BinaryWriter writer)
            {
                var own = state_dict();
                writer.Write(GetType().Name);
                writer.Write7BitEncodedInt64(own.Options.Count);
                writer.Write7BitEncodedInt64(own.State.Count);
                foreach (var options in own.Options) options.SaveStateDict(writer);
                foreach (var state in own.State) state.SaveStateDict(writer);
            }

            public void load_state_dict(BinaryReader reader)
            {
                string type = reader.ReadString();
                if (type != GetType().Name) throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{type}' in the loaded stream.");
                var own = state_dict();
                CheckCounts(own, (int)reader.Read7BitEncodedInt64(), (int)reader.Read7BitEncodedInt64());
                foreach (var options in own.Options) options.LoadStateDict(reader);
                foreach (var state in own.State) state.LoadStateDict(reader);
            }

            public void to(Device device)
            {
                foreach (var (_, state) in _state) state.to(device);
            }

            /// <summary>Runs a body over every group, without gradients, its intermediate tensors disposed.</summary>
            protected Tensor _step<T>(Action<T> body, Func<Tensor>? loss_closure = null) where T : ParamGroup
            {
                Tensor? loss = null;
                if (loss_closure is not null)
                {
                    using var graded = enable_grad();
                    loss = loss_closure();
                }

                using var frozen = no_grad();
                using var scope = NewDisposeScope();
                foreach (var group in _parameter_groups) body((T)group);
                return loss!;
            }

            internal void Own(ParamGroup group, Func<Parameter, OptimizerState> state)
            {
                var options = group.Options;
                options.InitialLearningRate = options.LearningRate!.Value;
                foreach (var parameter in group.Parameters)
                {
                    var fresh = state(parameter);
                    fresh.Initialize(options);
                    _state[parameter.Handle] = fresh;
                }
            }

            private static void CheckCounts(StateDictionary own, int options, int states)
            {
                if (options != own.Options.Count) throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
                if (states != own.State.Count) throw new ArgumentException("Invalid optimizer state -- different number of states.");
            }
        }
    }
}
