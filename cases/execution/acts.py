"""The acts of execution."""

from cases.dossier.stages import Move
from cases.execution import services
from cases.execution.forms import PaymentForm
from cases.execution.panels import payment_panel
from cases.flow.acts import Act, registry

registry.add(
    Act(Move.RECORD_PAYMENT, PaymentForm, services.record_payment, also=(Move.SETTLE,), panel=payment_panel)
)
