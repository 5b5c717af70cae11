// A plain C door to LibTorch: operators by schema name through the dispatcher, autograd, data, generators, threads.
// Tensors cross as owned TensorImpl pointers (null = undefined). Every entry returns its result or -1 / null after
// storing the message for gti_error; no C++ exception ever leaves this file.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/ExpandUtils.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/library.h>
#include <torch/version.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using at::Tensor;
using c10::IValue;
// c10::optional up to LibTorch 2.4, std::optional after: whichever this one has.
using OptionalTensor = decltype(std::declval<const IValue&>().toOptional<Tensor>());
using OptionalBool = decltype(std::declval<const IValue&>().toOptional<bool>());
using OptionalValue = std::decay_t<decltype(std::declval<const c10::Argument&>().default_value())>;

enum Kind : int32_t {
  kNone = 0, kTensor = 1, kInt = 2, kDouble = 3, kBool = 4, kInts = 5, kDoubles = 6, kTensors = 7, kOptionalTensors = 8,
  kString = 9, kDevice = 10, kGenerator = 11
};

struct Value {
  int32_t kind;
  int32_t count;
  union { int64_t i; double d; void* p; };
};

// An operator with its schema read once: how many arguments it takes and the defaults for those a caller leaves out.
struct Operator {
  explicit Operator(c10::OperatorHandle h) : handle(h) {
    for (const auto& argument : handle.schema().arguments()) defaults.push_back(argument.default_value());
    const auto& name = handle.schema().name();
    mixes_devices = name == "aten::copy_" || name == "aten::index" || name == "aten::index_put_";
  }
  c10::OperatorHandle handle;
  bool mixes_devices;
  std::vector<OptionalValue> defaults;
};

thread_local std::string error;
thread_local std::vector<void*> listed;  // the tensors of the last list result, owned by the caller once read

void remember(const char* what, const Operator* op = nullptr) {
  error = what;
  if (op != nullptr) {
    const auto& name = op->handle.schema().operator_name();
    error += " [" + name.name + (name.overload_name.empty() ? "" : "." + name.overload_name) + "]";
  }
}

template <class Result, class Body>
Result guarded(Result failure, Body body, const Operator* op = nullptr) {
  try {
    return body();
  } catch (const c10::Error& e) {
    remember(e.what_without_backtrace(), op);
  } catch (const std::exception& e) {
    remember(e.what(), op);
  } catch (...) {
    remember("unknown native error", op);
  }
  return failure;
}

Tensor borrow(void* impl) {
  if (impl == nullptr) return Tensor();
  return Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(static_cast<c10::TensorImpl*>(impl)));
}

void* give(Tensor tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

std::vector<Tensor> borrow_all(void** impls, int count) {
  std::vector<Tensor> tensors;
  tensors.reserve(count);
  for (int k = 0; k < count; k++) tensors.push_back(borrow(impls[k]));
  return tensors;
}

// LibTorch 1.13 lets products of meta and real tensors pass, which would make a proof of device placement worthless.
void refuse_mixed_meta(const Value* arguments, int count) {
  bool meta = false, real = false;
  auto see = [&](void* impl) {
    auto* tensor = static_cast<c10::TensorImpl*>(impl);
    if (tensor == nullptr) return;
    if (tensor->is_meta()) meta = true;
    else if (tensor->dim() > 0) real = true;
  };
  for (int k = 0; k < count; k++) {
    if (arguments[k].kind == kTensor) see(arguments[k].p);
    if (arguments[k].kind == kTensors) for (int j = 0; j < arguments[k].count; j++) see(static_cast<void**>(arguments[k].p)[j]);
  }
  TORCH_CHECK(!(meta && real), "Expected all tensors to be on the same device, but found at least two devices, meta and another");
}

// Shapes of operators that PyTorch gives the meta device in Python only; where LibTorch has its own, that stays.
Tensor index_select_shape(const Tensor& self, int64_t dim, const Tensor& index) {
  auto sizes = self.sizes().vec();
  if (!sizes.empty()) sizes[dim < 0 ? dim + self.dim() : dim] = index.numel();
  return self.new_empty(sizes);
}

Tensor embedding_backward_shape(const Tensor& grad, const Tensor&, int64_t rows, int64_t, bool) {
  return grad.new_empty({rows, grad.size(-1)});
}

std::tuple<Tensor, Tensor, Tensor> layer_norm_shape(
    const Tensor& input, at::IntArrayRef normalized, const OptionalTensor&, const OptionalTensor&, double) {
  auto outer = input.sizes().vec();
  std::fill(outer.end() - normalized.size(), outer.end(), 1);
  return {input.new_empty(input.sizes()), input.new_empty(outer), input.new_empty(outer)};
}

std::tuple<Tensor, Tensor, Tensor> layer_norm_backward_shape(
    const Tensor&, const Tensor& input, at::IntArrayRef normalized, const Tensor&, const Tensor&, const OptionalTensor&, const OptionalTensor&,
    std::array<bool, 3> wanted) {
  return {wanted[0] ? input.new_empty(input.sizes()) : Tensor(), wanted[1] ? input.new_empty(normalized) : Tensor(),
          wanted[2] ? input.new_empty(normalized) : Tensor()};
}

Tensor same_shape(const Tensor& self) { return self.new_empty(self.sizes()); }

Tensor where_shape(const Tensor& condition, const Tensor& self, const Tensor& other) {
  return self.new_empty(at::infer_size(condition.sizes(), at::infer_size(self.sizes(), other.sizes())));
}

TORCH_LIBRARY_IMPL(aten, Meta, library) {
  auto missing = [](const char* name, const char* overload = "") {
    auto op = c10::Dispatcher::singleton().findSchema({std::string("aten::") + name, overload});
    return op.has_value() && !op->hasKernelForDispatchKey(c10::DispatchKey::Meta);
  };
  if (missing("index_select")) library.impl("index_select", index_select_shape);
  if (missing("embedding_dense_backward")) library.impl("embedding_dense_backward", embedding_backward_shape);
  if (missing("native_layer_norm")) library.impl("native_layer_norm", layer_norm_shape);
  if (missing("native_layer_norm_backward")) library.impl("native_layer_norm_backward", layer_norm_backward_shape);
  if (missing("relu")) library.impl("relu", same_shape);
  if (missing("where", "self")) library.impl("where.self", where_shape);
}

IValue to_ivalue(const Value& v) {
  switch (v.kind) {
    case kNone: return IValue();
    case kTensor: return IValue(borrow(v.p));
    case kInt: return IValue(v.i);
    case kDouble: return IValue(v.d);
    case kBool: return IValue(v.i != 0);
    case kInts: return IValue(at::IntArrayRef(static_cast<int64_t*>(v.p), v.count));
    case kDoubles: return IValue(at::ArrayRef<double>(static_cast<double*>(v.p), v.count));
    case kTensors: {
      c10::List<Tensor> list;
      list.reserve(v.count);
      for (int k = 0; k < v.count; k++) list.push_back(borrow(static_cast<void**>(v.p)[k]));
      return IValue(std::move(list));
    }
    case kOptionalTensors: {
      c10::List<OptionalTensor> list;
      list.reserve(v.count);
      for (int k = 0; k < v.count; k++) {
        void* impl = static_cast<void**>(v.p)[k];
        list.push_back(impl == nullptr ? OptionalTensor() : OptionalTensor(borrow(impl)));
      }
      return IValue(std::move(list));
    }
    case kString: return IValue(std::string(static_cast<const char*>(v.p), v.count));
    case kDevice: return IValue(c10::Device(static_cast<c10::DeviceType>(v.count), static_cast<c10::DeviceIndex>(v.i)));
    case kGenerator: return IValue(*static_cast<at::Generator*>(v.p));
  }
  TORCH_CHECK(false, "unknown argument kind ", v.kind);
}

void write_result(IValue&& from, Value& to) {
  to.count = 0;
  if (from.isTensor()) {
    to.kind = kTensor;
    to.p = give(std::move(from).toTensor());
  } else if (from.isTensorList()) {
    listed.clear();
    for (Tensor t : from.toTensorVector()) listed.push_back(give(std::move(t)));
    to.kind = kTensors;
    to.count = static_cast<int32_t>(listed.size());
    to.p = listed.data();
  } else if (from.isInt()) {
    to.kind = kInt;
    to.i = from.toInt();
  } else if (from.isDouble()) {
    to.kind = kDouble;
    to.d = from.toDouble();
  } else if (from.isBool()) {
    to.kind = kBool;
    to.i = from.toBool();
  } else {
    to.kind = kNone;
  }
}

}  // namespace

extern "C" {

const char* gti_error() { return error.c_str(); }

// The operator `name` (for example "aten::add") with this overload, or null when this LibTorch has none.
void* gti_operator(const char* name, const char* overload) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!handle.has_value()) {
      error = std::string("this LibTorch has no operator ") + name + (*overload ? "." : "") + overload;
      return nullptr;
    }
    return new Operator(*handle);
  });
}

// Calls an operator; arguments left out take their schema's defaults. Returns how many results there are, -1 on error.
// Results beyond `capacity` are released here: an in-place operator returns its own argument, which nobody needs twice.
int gti_call(void* opaque, const Value* arguments, int count, Value* results, int capacity) {
  auto* op = static_cast<Operator*>(opaque);
  return guarded(-1, [&] {
    thread_local torch::jit::Stack stack;   // kept for its capacity; emptied also when a call throws
    struct Emptied { ~Emptied() { stack.clear(); } } emptied;
    if (!op->mixes_devices) refuse_mixed_meta(arguments, count);
    for (int k = 0; k < count; k++) stack.push_back(to_ivalue(arguments[k]));
    for (size_t k = count; k < op->defaults.size(); k++) {
      TORCH_CHECK(op->defaults[k].has_value(), "argument '", op->handle.schema().arguments()[k].name(), "' is missing");
      stack.push_back(*op->defaults[k]);
    }
    op->handle.callBoxed(&stack);
    int found = static_cast<int>(stack.size());
    for (int k = 0; k < found && k < capacity; k++) write_result(std::move(stack[k]), results[k]);
    return found;
  }, op);
}

void gti_release(void* impl) {
  guarded(0, [&] {
    c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(static_cast<c10::TensorImpl*>(impl));
    return 0;
  });
}

// ---- what a tensor is ----
int gti_dim(void* t) { return guarded(-1, [&] { return static_cast<int>(borrow(t).dim()); }); }
int gti_sizes(void* t, int64_t* into) {
  return guarded(-1, [&] { auto s = borrow(t).sizes(); std::copy(s.begin(), s.end(), into); return 0; });
}
int gti_strides(void* t, int64_t* into) {
  return guarded(-1, [&] { auto s = borrow(t).strides(); std::copy(s.begin(), s.end(), into); return 0; });
}
int64_t gti_numel(void* t) { return guarded<int64_t>(-1, [&] { return borrow(t).numel(); }); }
int64_t gti_storage_offset(void* t) { return guarded<int64_t>(-1, [&] { return borrow(t).storage_offset(); }); }
int gti_dtype(void* t) { return guarded(-1, [&] { return static_cast<int>(borrow(t).scalar_type()); }); }
int gti_device(void* t, int* index) {
  return guarded(-1, [&] { auto d = borrow(t).device(); *index = d.index(); return static_cast<int>(d.type()); });
}
// The address of the first element; null for tensors without storage (meta).
int gti_data(void* t, void** address) {
  return guarded(-1, [&] {
    Tensor tensor = borrow(t);
    *address = tensor.is_meta() ? nullptr : tensor.data_ptr();
    return 0;
  });
}
int gti_is_contiguous(void* t) { return guarded(-1, [&] { return borrow(t).is_contiguous() ? 1 : 0; }); }
void* gti_alias(void* t) { return guarded<void*>(nullptr, [&] { return give(borrow(t)); }); }

// ---- autograd ----
int gti_requires_grad(void* t) { return guarded(-1, [&] { return borrow(t).requires_grad() ? 1 : 0; }); }
int gti_set_requires_grad(void* t, int value) {
  return guarded(-1, [&] { borrow(t).set_requires_grad(value != 0); return 0; });
}
int gti_is_leaf(void* t) { return guarded(-1, [&] { return borrow(t).is_leaf() ? 1 : 0; }); }
int gti_retain_grad(void* t) { return guarded(-1, [&] { borrow(t).retain_grad(); return 0; }); }
// The gradient, or null; 0 on success, -1 on error.
int gti_grad(void* t, void** grad) { return guarded(-1, [&] { *grad = give(borrow(t).grad()); return 0; }); }
int gti_set_grad(void* t, void* grad) {
  return guarded(-1, [&] {
    Tensor tensor = borrow(t);
    Tensor value = borrow(grad);
    if (value.defined()) {
      TORCH_CHECK(value.sizes() == tensor.sizes(), "assigned grad has shape ", value.sizes(), ", the tensor ", tensor.sizes());
      TORCH_CHECK(value.scalar_type() == tensor.scalar_type(), "assigned grad has dtype ", value.scalar_type(),
                  ", the tensor ", tensor.scalar_type());
      TORCH_CHECK(value.device() == tensor.device(), "assigned grad is on ", value.device(), ", the tensor on ", tensor.device());
    }
    tensor.mutable_grad() = value;
    return 0;
  });
}
// retain_graph: 0 or 1, or -1 for "as create_graph says".
int gti_backward(void** tensors, int count, void** gradients, int gradient_count, int retain_graph, int create_graph,
                 void** inputs, int input_count) {
  return guarded(-1, [&] {
    OptionalBool keep;
    if (retain_graph >= 0) keep = retain_graph != 0;
    torch::autograd::backward(borrow_all(tensors, count), borrow_all(gradients, gradient_count), keep, create_graph != 0,
                              borrow_all(inputs, input_count));
    return 0;
  });
}
// Writes input_count gradients (null where an input is unused and that is allowed).
int gti_autograd_grad(void** outputs, int output_count, void** inputs, int input_count, void** gradients,
                      int gradient_count, int retain_graph, int create_graph, int allow_unused, void** into) {
  return guarded(-1, [&] {
    OptionalBool keep;
    if (retain_graph >= 0) keep = retain_graph != 0;
    auto result = torch::autograd::grad(borrow_all(outputs, output_count), borrow_all(inputs, input_count),
                                        borrow_all(gradients, gradient_count), keep, create_graph != 0, allow_unused != 0);
    for (int k = 0; k < input_count; k++) into[k] = give(std::move(result[k]));
    return 0;
  });
}
int gti_grad_enabled() { return at::GradMode::is_enabled() ? 1 : 0; }
void gti_set_grad_enabled(int enabled) { at::GradMode::set_enabled(enabled != 0); }
void* gti_inference_begin(int enabled) {
  return guarded<void*>(nullptr, [&] { return static_cast<void*>(new c10::InferenceMode(enabled != 0)); });
}
void gti_inference_end(void* mode) { delete static_cast<c10::InferenceMode*>(mode); }
int gti_inference_enabled() { return c10::InferenceMode::is_enabled() ? 1 : 0; }
int gti_anomaly_enabled() { return torch::autograd::AnomalyMode::is_enabled() ? 1 : 0; }
void gti_set_anomaly_enabled(int enabled) { torch::autograd::AnomalyMode::set_enabled(enabled != 0); }

// ---- random numbers ----
void* gti_generator_new(uint64_t seed) {
  return guarded<void*>(nullptr, [&] { return static_cast<void*>(new at::Generator(at::detail::createCPUGenerator(seed))); });
}
void* gti_generator_default() {
  return guarded<void*>(nullptr, [&] { return static_cast<void*>(new at::Generator(at::detail::getDefaultCPUGenerator())); });
}
void gti_generator_free(void* g) { delete static_cast<at::Generator*>(g); }
int gti_generator_set_seed(void* g, uint64_t seed) {
  return guarded(-1, [&] { static_cast<at::Generator*>(g)->set_current_seed(seed); return 0; });
}
uint64_t gti_generator_initial_seed(void* g) { return static_cast<at::Generator*>(g)->current_seed(); }
uint64_t gti_generator_seed(void* g) { return guarded<uint64_t>(0, [&] { return static_cast<at::Generator*>(g)->seed(); }); }
void* gti_generator_state(void* g) {
  return guarded<void*>(nullptr, [&] { return give(static_cast<at::Generator*>(g)->get_state()); });
}
int gti_generator_set_state(void* g, void* state) {
  return guarded(-1, [&] { static_cast<at::Generator*>(g)->set_state(borrow(state)); return 0; });
}
int gti_manual_seed(uint64_t seed) { return guarded(-1, [&] { at::manual_seed(seed); return 0; }); }

// ---- the machine ----
const char* gti_version() { return TORCH_VERSION; }
int gti_get_num_threads() { return at::get_num_threads(); }
int gti_set_num_threads(int n) { return guarded(-1, [&] { at::set_num_threads(n); return 0; }); }
int gti_get_num_interop_threads() { return at::get_num_interop_threads(); }
int gti_set_num_interop_threads(int n) { return guarded(-1, [&] { at::set_num_interop_threads(n); return 0; }); }
int gti_cuda_is_available() { return guarded(0, [&] { return at::globalContext().hasCUDA() ? 1 : 0; }); }
int gti_set_deterministic(int on, int warn_only) {
  return guarded(-1, [&] { at::globalContext().setDeterministicAlgorithms(on != 0, warn_only != 0); return 0; });
}
int gti_deterministic() { return at::globalContext().deterministicAlgorithms() ? 1 : 0; }

}  // extern "C"
