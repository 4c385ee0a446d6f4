"""The acts of execution."""

from cases.dossier.moves import Move
from cases.execution import granting, imposing, services, settling
from cases.execution.forms import PaymentForm, PerformanceForm, VoidPaymentForm
from cases.execution.granting_forms import AnswerTermsForm, RequestTermsForm
from cases.execution.granting_rules import has_waiting_terms, may_ask_for_terms
from cases.execution.imposing_forms import DisposeGoodsForm, SurchargeForm
from cases.execution.panels import payment_panel, terms_panel
from cases.execution.parts import is_fined, performable, takes_goods
from cases.execution.rules import has_payments
from cases.flow.acts import Act, registry

registry.add(
    Act(Move.RECORD_PAYMENT, PaymentForm, services.record_payment, applies=is_fined, panel=payment_panel),
    Act(
        Move.VOID_PAYMENT,
        VoidPaymentForm,
        services.void_payment,
        also=(Move.EXECUTE_AGAIN,),
        applies=has_payments,
        panel=payment_panel,
    ),
    Act(
        Move.IMPOSE_SURCHARGE,
        SurchargeForm,
        imposing.impose_surcharge,
        applies=is_fined,
        panel=payment_panel,
    ),
    Act(
        Move.DISPOSE_GOODS,
        DisposeGoodsForm,
        imposing.dispose_goods,
        applies=takes_goods,
        panel=payment_panel,
    ),
    Act(
        Move.REQUEST_TERMS,
        RequestTermsForm,
        granting.request_terms,
        applies=may_ask_for_terms,
        panel=payment_panel,
    ),
    Act(
        Move.ANSWER_TERMS,
        AnswerTermsForm,
        granting.answer_terms,
        applies=has_waiting_terms,
        panel=terms_panel,
    ),
    Act(
        Move.RECORD_PERFORMANCE,
        PerformanceForm,
        settling.record_performance,
        also=(Move.SETTLE,),
        applies=lambda case: bool(performable(case)),
        panel=payment_panel,
    ),
)
